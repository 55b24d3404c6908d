// From github-linguist 9 (MIT), languages.yml: extensions and names of languages of the types programming and markup. Of
// those that other types have too, what is mostly prose or data is left out (.md, .sql, .spec ...). Lower case.

const extensions = new Set(
  `
  1 1in 1m 1x 2 3 3in 3m 3p 3pm 3qt 3x 4 4dm 4gl 4th 5 6 6pl 6pm 7 8 8xp 8xp.txt 9 _coffee _js _ls a51 abap ada
  adb ado adp ads agc agda ah1 ah2 ahk ahkl aidl aj ak al aleo alg als ampl angelscript antlers.html antlers.php
  antlers.xml apex apib apl app app.src applescript arc arr as asax ascx asd asddls ash ashx asl asm asmx asp aspx
  astro asy au3 aug auk aux aw awk axd axi axi.erb axs axs.erb b bal baml bas bash bat bats bb bbappend bbclass
  bbcode bbx bdy be befunge bf bi bib bibtex bicep bicepparam bison blade blade.php blp bmx bones boo boot bpl bqn
  bro brs bru bs bsl bst bsv builder bzl c c++ c3 cairo cake capnp carbon cats cbl cbx cc ccp cdc cdf cds ceylon
  cfc cfm cfml cgi cginc ch chem chpl chs circom cirru cj cjs cjsx ck cl cl2 clar click clj cljc cljs cljs.hl
  cljscm cljx clp cls clue clw cmake cmake.in cmd cnc cob cobol cocci coffee coffee.erb coffee.md com command
  containerfile cook coq cp cpp cppm cps cpy cql cr cs cs.pp csc csd csh cshtml css csx ctl ctp cts cu cuh curry
  cw cwl cxx cy cyp cypher d d2 dart das dats db2 dcl decls dfm dfy dhall di djs dlm dm do dockerfile doh dpr
  druby dsc dsl dsp dsr dtx duby dwl dyalog dyl dylan e ebuild ec ecl eclass eclxml ecr ect edge edgeql eh ejs
  ejs.t el eliom eliomi elm elv em emacs emacs.desktop emberscript eps epsi eq erb erb.deface erl es es6 escript
  esdl ex exs eye f f03 f08 f77 f90 f95 factor fan fancypack fcgi feature fir fish flex flix flux fnc fnl for
  forth fp fpp fppi fr frag frg frm frt fs fsh fshader fsi fst fsti fsx fth ftl ftlh fun fut fx fxh fy g g4 gaml
  gap gawk gco gcode gd gdb gdbinit gdshader gdshaderinc gemspec geo geom gf gi gjs gleam glf glsl glslf glslv gml
  gms gno gnu gnuplot go god gohtml golo gotmpl gp grace groovy grt gs gsc gsh gshader gsp gst gsx gtpl gts gvy
  gyp gypi h h++ h.in ha hack haml haml.deface handlebars hats hb hbs hc hcl heex hexpat hh hhi hic hip hlean hlsl
  hlsli hoon hpp hqf hql hrl hs hs-boot hsc hta htm html html.eex html.hl html.tmpl hurl hx hxsl hxx hy i i3 i7x
  ice iced icl idc idr ig ihlp ijm ijs ik il ily imba inc ink inl ino ins intr io iol ipf ipp ipynb isl ispc iss
  ixx j j2 jac jade jai jake janet jav java javascript jbuilder jcl jflex jinja jinja2 jison jisonlex jl jq js
  js.erb jsb jscad jsfl jsh jslib jsm jsonnet jsp jspre jss jst jsx jte just k kak kid kit kk kojo krl ks ksh ksy
  kt ktm kts kv l lagda langium las lasso lasso8 lasso9 latte lbx ld lds lean leex leo less lex lfe lgt lhs
  libsonnet lid lidr ligo linq liq liquid lisp litcoffee livecodescript lkml ll lmi lobster logtalk lol lookml lp
  lpr ls lsl lslp lsp ltx lua luau lvclass lvlib lvproj ly m m2 m3 m4 ma mak make makefile mako man mao marko mata
  matah mathematica matlab mawk maxhelp maxpat maxproj mbt mc mcfunction mch mcr mdoc mdx me mermaid metal metta
  mg minid mint mirah mjs mk mkfile mkii mkiv mkvi ml ml4 mli mligo mlir mll mly mm mmd mmk mms mo mod mojo monkey
  monkey2 moo moon move mpl mps mq4 mq5 mqh mrc ms msd mspec mss mt mtml mts mu mud muf mumps mustache mxt myt mzn
  n nas nasl nasm nawk nbp nc ncl ne nearley ned nf ni nim nim.cfg nimble nimrod nims nit nix njk njs nl nlogo
  nomad nqp nr nse nsh nsi nss nu numpy numpyw numsc nut ny ob2 odin ol omgrofl ooc opa opal opencl opy orc os
  overpassql ox oxh oxo oxygene oz p p4 p6 p6l p6m p8 pac pacscript pact pan parrot pas pascal pasm pat pb pbi pc
  pck pcss pd_lua pddl pde peggy pegjs pep per perl pfa pgsql ph php php3 php4 php5 phps phpt phtml pic pig pike
  pir pkb pks pl pl6 plb plot pls plsql plt plx pm pm6 pml pmod podsl podspec pogo polar pony por postcss pov pp
  pprx pq praat prawn prc prg pri pro prolog prw ps ps1 psc psd1 psgi psm1 pug purs pwn pxd pxi py py3 pyde pyi
  pyp pyt pyw pyx q qasm qbs qc ql qll qml qnt qs r r2 r3 rabl rake raku rakumod raml rascript razor rb rbbas
  rbfrm rbi rbmnu rbres rbtbar rbuild rbuistate rbw rbx rbxs rchit rd re reb rebol red reds rego rei religo resi
  resource rex rexx rg rhistory rhtml ring riot rkt rktd rktl rl rmiss rnh rno robot roc rockspec roff rpgle rpy
  rs rs.in rsc rsh rsx rtf ru ruby s sage sagews sail sas sass sats sbatch sbt sc scad scala scaml scd sce scenic
  sci scm sco scpt scrbl scss sdc sed self sexp sh sh-session sh.in shader shen sieve sig sj sjs sl slang sld slim
  slint sls slurm sma smali smithy smk sml smt smt2 snakefile snip snippet snippets sol soy sp spc spin sps sqf
  sqlrpgle sra sru srw ss ssjs sss st stan star sthlp story sty styl surql sv svelte svh svx sw swg swift swig t
  tac tact tag talon tape tcc tcl tcl.in tcsh tea templ tesc tese tex tf tftpl tfvars thor thrift thy tl tla tlv
  tm tmac tmpl tmux tofu toit tolk tool tpb tpl tpp tps trg trigger ts tsp tst tsx tu twig txl txx typ uc udo uno
  upc uplc ur urs v vala vapi vark vb vba vbhtml vbs vcl veo verse vert vh vhd vhdl vhf vhi vho vhs vht vhw vim
  vimrc vmb volt vrx vs vsh vshader vtl vto vue vw vy w wast wat watchr wdl webidl wgsl whiley wisp wl wlk wls wlt
  wlua wren ws wsgi x x10 x68 xc xdc xht xhtml xi xm xojo_code xojo_menu xojo_report xojo_script xojo_toolbar
  xojo_window xpl xproc xpy xq xql xqm xquery xqy xrl xs xsh xsjs xsjslib xsl xslt xtend xzap y yacc yap yar yara
  yasnippet yrl yul yy z3 zap zeek zep zig zig.zon zil zimpl zmpl zpl zs zsh zsh-theme
`.split(/\s+/),
);

const names = new Set(
  `
  .JUSTFILE .Justfile .Rprofile .abbrev_defs .bash_aliases .bash_functions .bash_logout .bash_profile .bashrc
  .cshrc .emacs .emacs.desktop .envrc .exrc .factor-boot-rc .factor-rc .flaskenv .gclient .gnus .gvimrc .irbrc
  .justfile .kshrc .latexmkrc .login .luacheckrc .nvimrc .php .php_cs .php_cs.dist .profile .pryrc .simplecov
  .spacemacs .tmux.conf .vimrc .viper .xinitrc .xsession .zlogin .zlogout .zprofile .zshenv .zshrc 9fs APKBUILD
  Appraisals BSDmakefile BUCK BUILD BUILD.bazel Berksfile Brewfile Buildfile CMakeLists.txt Cakefile Capfile Cask
  Containerfile DEPS Dangerfile Deliverfile Dockerfile Earthfile Eask Emakefile Fakefile Fastfile GNUmakefile
  Gemfile Guardfile JUSTFILE Jakefile Jarfile Jenkinsfile Justfile Kbuild Lexer.x MODULE.bazel Makefile
  Makefile.PL Makefile.am Makefile.boot Makefile.frag Makefile.in Makefile.inc Makefile.pc Makefile.wat Mavenfile
  Modulefile Nukefile PKGBUILD Phakefile Podfile Procfile Project.ede Puppetfile Rakefile Rexfile SConscript
  SConstruct Singularity Slakefile Snakefile Snapfile Steepfile Thorfile Tiltfile Vagrantfile WORKSPACE
  WORKSPACE.bazel WORKSPACE.bzlmod _emacs _helpers.tpl _vimrc abbrev_defs bash_aliases bash_logout bash_profile
  bashrc buildfile configure.ac cpanfile cshrc descrip.mmk descrip.mms dune-project eqnrc expr-dist gvimrc
  installscript.qs justfile kakrc kcl.mod kshrc latexmkrc ld.script lexer.x m3makefile m3overrides makefile
  makefile.sco meson.build meson_options.txt mkfile mmn mmt nextflow.config nim.cfg nvimrc rebar.config
  riemann.config tmux.conf toolchain_installscript.qs troffrc troffrc-end vimrc wscript xinitrc xmake.lua xsession
  zlogin zlogout zprofile zshenv zshrc
`.split(/\s+/),
);

/** From documentation.yml (linguist 9): what explains or shows the software. */
const documentation =
  /^(?:docs?|man|examples|demos?|samples?)\/|(?:^|\/)(?:documentation|groovydoc|javadoc|inst\/doc)\/|(?:^|\/)(?:CITATION|CHANGE(?:S|LOG)?|CONTRIBUTING|COPYING|INSTALL|LICEN[CS]E|README)(?:\.|$)/i;

/** A file of a language that one programs or marks up in, by its path alone. Whether it is vendored is another question. */
export function isSourceFile(path: string): boolean {
  if (documentation.test(path)) return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (names.has(name)) return true;
  const lower = name.toLowerCase();
  for (let dot = lower.indexOf('.'); dot >= 0; dot = lower.indexOf('.', dot + 1))
    if (extensions.has(lower.slice(dot + 1))) return true;
  return false;
}
