// The page's only style. Colours differ in lightness as well as in hue (blue and orange), and no meaning is in colour
// alone; `page.browser.test.ts` computes the contrast of every text, light and dark.

export const style = `
:root{color-scheme:light dark;--paper:#fafaf8;--card:#fff;--ink:#15181d;--soft:#565e69;--rule:#dde0e4;--track:#d9dde3;--band:#b4c3da;--data:#2d4468;--worse:#a03c07;--better:#075a94;--tint:#fdf0e8;--cool:#eaf3fb}
@media (prefers-color-scheme:dark){:root{--paper:#0f1216;--card:#161a20;--ink:#e8ebef;--soft:#a5aeba;--rule:#2a313a;--track:#2d353f;--band:#48597a;--data:#c3d1e8;--worse:#ffae80;--better:#86c5ff;--tint:#2a1d14;--cool:#13222f}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main,body>footer{max-width:1120px;margin:0 auto;padding:0 24px}
main{padding-top:40px}
body>footer{padding:24px;color:var(--soft);font-size:13px}
h1,h2,h3,h4,p,dl,dd,figure,ul,ol{margin:0}
h1{font-size:34px;line-height:1.15;font-weight:650;letter-spacing:-.02em}
h2{font-size:22px;line-height:1.25;font-weight:650;letter-spacing:-.01em;padding-top:28px;border-top:1px solid var(--rule)}
h3{font-size:16px;line-height:1.35;font-weight:650}
h4{font-size:14px;line-height:1.35;font-weight:650}
a{color:var(--better);text-underline-offset:2px}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--better);outline-offset:2px}
code{font:13px/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
cite{font-style:normal;color:var(--soft)}
small{font-weight:400;font-size:13px;color:var(--soft)}
section{margin-top:48px}
section section{margin-top:20px}
.funnels+.repository,.several+.repository,.repository+.repository{margin-top:72px;border-top:3px solid var(--ink);padding-top:32px}
.kicker{font-size:13px;color:var(--soft);margin-bottom:6px}
.meta{display:flex;flex-wrap:wrap;gap:2px 20px;margin-top:10px;color:var(--soft);font-size:14px}
.lede{max-width:68ch;margin:8px 0 20px;color:var(--soft)}
.say{max-width:58ch;margin:0 0 28px;font-size:21px;line-height:1.45;letter-spacing:-.005em}
section.first{margin-top:26px}
.spoken{position:absolute;width:1px;height:1px;padding:0;border:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.what+p,.sections p+h3,ul+h3{margin-top:10px}
.what,.source,.coverage,.tiers,.key{font-size:13.5px;line-height:1.5;color:var(--soft)}
.source{font-size:12.5px}
.verdict{font-size:18px;line-height:1.4;font-weight:600;margin:6px 0}
.board{display:grid;grid-template-columns:repeat(12,minmax(0,1fr));gap:16px}
.board>.card{grid-column:span 12}.board>.debt,.board>.risks{grid-column:span 7}.board>.score,.board>.stage{grid-column:span 5}
.card{background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:20px 22px;min-width:0}
.card>h3+.what{margin-top:2px}
.grid-2{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px 32px}
.grid-2.sections section{margin-top:48px}
.card.wide{margin-bottom:16px}
.number{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 10px;margin:4px 0}.number.large{margin-top:10px}.pair .number.large{margin-top:0}
.number b{font-weight:600;font-size:17px}
.number.large b{font-size:38px;line-height:1.15;font-weight:560;letter-spacing:-.025em}
.number span{color:var(--soft);font-size:13.5px}
.number.none{display:block}.number.none b,.number.large.none b{display:block;font-size:17px;letter-spacing:0;font-weight:600;line-height:1.5}
.pair{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:0 24px;align-items:end;padding:12px 0}.pair:not(:has(svg)){grid-template-columns:minmax(0,1fr)}
.pair+.pair{border-top:1px solid var(--rule)}
.pair h4,.reading h4{color:var(--soft);font-weight:500}
svg{display:block;overflow:visible}
svg text{font-size:11.5px;fill:var(--soft)}
.gauge{margin-top:6px}
.track{stroke:var(--track);stroke-width:4;stroke-linecap:round}
rect.track{stroke:none;fill:var(--track)}
.tick{stroke:var(--soft);stroke-width:1}
line.band{stroke:var(--band);stroke-width:10}
.whisker{stroke:var(--data);stroke-width:1.25}
.value{stroke:var(--data);stroke-width:4}
rect.part{fill:var(--data)}rect.added{fill:var(--band);stroke:var(--data);stroke-width:1}
.swatch{display:inline-block;width:10px;height:10px;margin:0 4px 0 0;border:1px solid var(--data)}.swatch.part{background:var(--data)}.swatch.added{background:var(--band);margin-left:14px}
.weekly{padding-left:58px;padding-right:6px;margin-top:4px}
.drawing{min-width:0}
.grid{stroke:var(--rule);stroke-width:1}
.window{fill:var(--band);opacity:.55}
.level{stroke:var(--data);stroke-width:1;stroke-dasharray:5 3}
.boundary{stroke:var(--soft);stroke-width:1;stroke-dasharray:1 3}
.series{fill:none;stroke:var(--data);stroke-width:1.5;vector-effect:non-scaling-stroke}
.week{fill:var(--data)}
.break{stroke:var(--worse);stroke-width:2}.drift{stroke:var(--worse);stroke-width:2;stroke-dasharray:7 4}
svg text.found{fill:var(--worse);font-weight:650;font-size:12.5px}
.fan{fill:var(--band);opacity:.45}.limit{stroke:var(--data);stroke-width:1}
.point{fill:var(--card);stroke:var(--data);stroke-width:1.5}.point.outside{stroke:var(--worse);stroke-width:3}
svg text.letter{font-size:11px;fill:var(--ink);font-weight:650}
.steps{list-style:none;padding:0;margin:10px 0;display:grid;gap:4px}
.steps li{display:flex;gap:10px;align-items:center;color:var(--soft);font-size:14px}
.steps span{flex:none;width:24px;height:24px;border:1px solid var(--soft);border-radius:50%;display:grid;place-items:center;font-size:12.5px}
.steps .here{color:var(--ink);font-weight:650}.steps .here span{background:var(--worse);border-color:var(--worse);color:var(--paper)}
.plain{list-style:none;padding:0}
.plain li{padding:8px 0 6px;display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:0 24px}.plain li+li{border-top:1px solid var(--rule)}
.card ul,.card .todo,section>ul,section li>ul,.grid-2 ul,dd ul{padding-left:20px;margin:6px 0}
.card li{margin:3px 0}
.todo{margin:0;align-self:center}.todo li+li{margin-top:8px}
.mark{display:inline-block;vertical-align:-1px;margin-right:3px}.mark circle{fill:none;stroke:currentColor;stroke-width:1.25}.mark rect{fill:currentColor}
.why,.numbers{margin-top:12px;font-size:14px}
summary{cursor:pointer;color:var(--better);font-size:13.5px;width:fit-content;max-width:100%}
.why dl{margin-top:8px;padding-left:14px;border-left:2px solid var(--rule);display:grid;gap:8px}
.why dt{font-weight:650;font-size:13px}.why dd{line-height:1.5}
nav{display:flex;flex-wrap:wrap;gap:6px 20px;margin-top:28px;font-size:14.5px}
table{width:100%;border-collapse:collapse;font-size:14px;line-height:1.45;margin-top:10px}
caption{text-align:left;font-size:13px;color:var(--soft);padding-bottom:4px}
th,td{text-align:left;vertical-align:top;padding:6px 14px 6px 0;border-top:1px solid var(--rule);font-weight:400}
thead th{color:var(--soft);font-size:13px}thead th,thead td{border-top:0}
td{min-width:4.5em}
th small{display:block}
.keys th{white-space:nowrap}.components th[scope=rowgroup]{font-weight:600;padding-top:14px}
.scroll{overflow-x:auto}
.numbers .scroll{max-height:320px;overflow:auto}
.shares td svg{width:calc(100% - 52px);display:inline-block;vertical-align:middle}.shares td span{display:inline-block;width:52px;text-align:right}
.shares td{width:32%}
.unseen th{width:34%}.unseen td:nth-child(2){width:18%}
.pillar{border-top:1px solid var(--rule);padding-top:12px}
.pillar h4{display:flex;justify-content:space-between;gap:12px;flex-wrap:wrap}
.input{margin-top:10px;font-size:14px}.input p b{font-weight:500}.input p{display:flex;flex-wrap:wrap;gap:0 10px;align-items:baseline}.input p span{color:var(--soft)}.input p .source{margin-left:auto}.input.none p{display:block}
.input.none{color:var(--soft);font-size:13.5px}.input.none b{color:var(--ink)}
.row{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:8px 32px;padding:16px 0;border-top:1px solid var(--rule)}
.signal{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,7fr);gap:8px 32px;padding:24px 0;border-top:1px solid var(--rule);break-inside:avoid}
.state{font-size:13.5px;color:var(--soft)}.state.watch,.state.alarm,.change.worse b{color:var(--worse)}.state.watch,.state.alarm{font-weight:650}.change.better b{color:var(--better)}
.change{font-size:13.5px;margin-top:8px}
.alarm{border-left:4px solid var(--soft);padding:10px 16px;margin:12px 0;background:var(--card)}
.alarm.worse{border-color:var(--worse);background:var(--tint)}.alarm.better{border-color:var(--better);background:var(--cool)}
.alarm p{font-size:16px}.alarm p.source{font-size:13px}
.pod{border-top:1px solid var(--rule);padding:14px 0}.pod>summary{font-size:17px;font-weight:600}
@media screen and (max-width:900px){.board>.card.card{grid-column:span 12}.grid-2,.signal{grid-template-columns:minmax(0,1fr)}}
@media screen and (max-width:600px){main,body>footer{padding-left:16px;padding-right:16px}main{padding-top:24px}h1{font-size:27px}.say{font-size:18px}.card{padding:16px}.pair,.row,.plain li{grid-template-columns:minmax(0,1fr)}.number.large b{font-size:32px}.zones{display:none}.unseen thead{display:none}.unseen tr,.unseen th,.unseen td:nth-child(n){display:block;width:auto;border:0;padding:2px 0}.unseen tr{border-top:1px solid var(--rule);padding:8px 0}}
@media (forced-colors:active){.swatch{forced-color-adjust:none}}
@media print{:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--rule:#bbb;--track:#ddd;--band:#b4c3da;--data:#1d3358;--worse:#8a3205;--better:#064c7d;--tint:#fff;--cool:#fff}
@page{margin:14mm 14mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif;color:#444}}
body{font-size:9pt}main,body>footer{padding:0;max-width:none}h1{font-size:22pt}h2{font-size:14pt;padding-top:14px}h3{font-size:11pt}h4{font-size:9.5pt}.say{font-size:13pt;margin-bottom:14px}.verdict{font-size:11pt}.number.large b{font-size:20pt}.number b,.number.none b,.number.large.none b{font-size:11pt}
.meta,.lede,.key,.coverage,.tiers,.state,.steps li,.steps span,.input,.alarm p,.pod>summary{font-size:9pt}.why,.why dt,.why dd,.what,.source,.change,.number span,small,cite,code,table,caption,thead th,.input p span,.input.none,.alarm p.source{font-size:8pt}svg text{font-size:8pt}
nav,.numbers,.why>summary,.funnel summary{display:none}.funnel .numbers{display:block;break-before:column;margin-top:0}.why::details-content,.pod::details-content,.funnel .numbers::details-content{content-visibility:visible;display:block}.numbers .scroll{max-height:none}.scroll{overflow:visible}
.why dl{gap:2px;padding-left:8px}.why dl>div{display:grid;grid-template-columns:7em minmax(0,1fr);gap:0 6px;margin-bottom:2px}
.board{gap:10px}.board>.debt,.board>.risks,.board>.score,.board>.stage{grid-column:span 6}.card{padding:12px 14px}.pair,.row{padding:8px 0}th,td{padding:3px 10px 3px 0}
.unseen th:first-child{width:44%}.unseen th+th{width:auto}.funnels .grid-2,.grid-2.debts{grid-template-columns:minmax(0,1fr)}.pillars,.funnel{columns:2;column-gap:28px}.funnel{padding-top:8px;border-top:1px solid var(--rule)}.pillar{margin-top:10px;padding-top:8px}
.signal{grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:4px 20px;padding:10px 0}.reading .what{display:none}.drawing{display:contents}.signal .why{grid-column:1/-1;margin-top:0}.signal .why dl{display:block;columns:2;column-gap:20px}.signal .why dl>div{display:block}.signal .why dt,.signal .why dt+dd{display:inline}.signal .why dt::after{content:": "}
section{margin-top:20px}.grid-2.sections section{margin-top:20px}.several~.repository{margin-top:0;padding-top:0;border:0;break-before:page}
.card,.row,.signal,.pillar,.shares,.input,.alarm,.steps,.funnel,.grid-2.sections,.limits,.why,.why dl>div,figure,tr,li,p,h4,.lede{break-inside:avoid}h2,h3,h4,.lede,.kicker,.verdict,.pod>summary,caption,thead{break-after:avoid}svg,.swatch,.steps span{print-color-adjust:exact}}
`;

/** Of the style above, for the page's policy: the browser uses no other. */
export const styleHash = 'sha256-W1btSoNUwkTMZzkNFGEGXDYlLYWyEtCGE4NpIJ4RDEg=';
