/** One program call of a shell command. */
export interface Step {
  /** Words without quotes, redirections and assignments in front. */
  readonly words: readonly string[];
  /** Names of the programs that its output is piped through. */
  readonly piped: readonly string[];
  /** What follows it: its exit code is the whole's only where this is `end`, or `and` and all after it succeeded. */
  readonly joint: 'and' | 'or' | 'next' | 'end';
  /** Files that its output is redirected to. */
  readonly into: readonly string[];
}

type Token = { readonly kind: 'word'; readonly text: string } | { readonly kind: 'mark'; readonly text: string };

const longestCommand = 20_000;

/** The calls that a shell command makes, in order; a quick reading, not a shell: what it cannot read yields fewer steps. */
export function stepsOf(command: string, depth = 0): readonly Step[] {
  const steps = pipelines(tokensOf(withoutHeredocs(unwrapped(command.slice(0, longestCommand)))));
  return depth > 2 ? steps : steps.flatMap((step) => withinOf(step, depth + 1));
}

/** `bash -lc "npm test"` */
function unwrapped(command: string): string {
  return /^\s*(?:\/bin\/)?(?:bash|sh|zsh) -\w*c (["'])([\s\S]*)\1\s*$/.exec(command)?.[2] ?? command;
}

const shells = /^(?:\S*[\\/])?(?:bash|sh|zsh|dash|cmd|powershell|pwsh)(?:\.exe)?$/i;
const elsewhere = /^(?:ssh|su|script|kubectl|oc|nix|nix-shell|wsl(?:\.exe)?|vagrant|devcontainer)$/;

/** The script that a call hands to another shell, here or elsewhere: its calls instead of this one. */
function withinOf(step: Step, depth: number): readonly Step[] {
  const [program = '', ...rest] = step.words;
  const script = shells.test(program)
    ? after(rest, /^(?:-\w*c|\/c|-command)$/i)
    : elsewhere.test(program)
      ? (rest.find((word) => /\S\s+\S/.test(word)) ?? after(rest, /^(?:--|-c|--command)$/) ?? remote(program, rest))
      : undefined;
  const steps = script === undefined ? [] : stepsOf(script, depth);
  if (steps.length === 0) return [step];
  return steps.map((inner, index) =>
    index < steps.length - 1 ? inner : { ...inner, piped: [...inner.piped, ...step.piped], joint: step.joint },
  );
}

/** What stands in a here-document is input, not a call. */
function withoutHeredocs(command: string): string {
  const opening = /<<-?\s*(["']?)([A-Za-z_]\w*)\1/g;
  let [clean, at] = ['', 0];
  for (let found = opening.exec(command); found !== null; found = opening.exec(command)) {
    const lineEnd = command.indexOf('\n', found.index);
    if (lineEnd < 0) break;
    const close = new RegExp(`^\\s*${found[2] ?? ''}\\s*$`, 'm').exec(command.slice(lineEnd + 1));
    const end = close === null ? command.length : lineEnd + 1 + close.index + close[0].length;
    clean += `${command.slice(at, found.index)} ${command.slice(found.index + found[0].length, lineEnd)}`;
    clean += '\n';
    at = end;
    opening.lastIndex = end;
  }
  return clean + command.slice(at);
}

const scanner =
  /[^\S\n]*(?:(\\\n)|(\n|&&|\|\||;;?|\|&?|&(?!>|\d))|((?:\\[\s\S]|"(?:\\[\s\S]|[^"\\])*"|'[^']*'|\$\((?:[^()]|\([^()]*\))*\)|\d?>&\d|&>>?|\d?>>?|<|[^\s;&|"'\\<>])+|>>?|<|["'\\]))/y;

function tokensOf(command: string): readonly Token[] {
  const tokens: Token[] = [];
  scanner.lastIndex = 0;
  for (let found = scanner.exec(command); found !== null; found = scanner.exec(command)) {
    if (found[2] !== undefined) tokens.push({ kind: 'mark', text: found[2] });
    else if (found[3] !== undefined) tokens.push({ kind: 'word', text: found[3] });
  }
  return tokens;
}

function pipelines(tokens: readonly Token[]): readonly Step[] {
  const steps: Step[] = [];
  let stages: string[][] = [[]];
  const close = (joint: Step['joint']): void => {
    const [first = [], ...others] = stages.filter((stage) => stage.length > 0);
    if (first.length > 0) steps.push(stepOf(first, others, joint));
    stages = [[]];
  };
  for (const { kind, text } of tokens) {
    if (kind === 'word') stages.at(-1)?.push(text);
    else if (text.startsWith('|') && text !== '||') stages.push([]);
    else close(text === '&&' ? 'and' : text === '||' ? 'or' : 'next');
  }
  close('end');
  const last = steps.at(-1);
  return last === undefined || last.joint === 'end' ? steps : [...steps.slice(0, -1), { ...last, joint: 'end' }];
}

const redirection = /^(?:\d|&)?>>?(.*)$/;

function stepOf(first: readonly string[], others: readonly (readonly string[])[], joint: Step['joint']): Step {
  const words: string[] = [];
  const into: string[] = [];
  const all = [first, ...others].flat();
  for (const [at, word] of all.entries()) {
    const target = redirection.exec(word)?.[1];
    if (target !== undefined && !target.startsWith('&'))
      into.push(unquoted(target === '' ? (all[at + 1] ?? '') : target));
  }
  for (const [at, word] of first.entries()) {
    if (redirection.test(word) || word === '<' || /^(?:\d|&)?>>?$|^<$/.test(first[at - 1] ?? '')) continue;
    words.push(unquoted(word));
  }
  const piped = others.map(([program = '']) => program);
  const teed = others.flatMap((stage) =>
    stage[0] === 'tee' ? stage.slice(1).filter((word) => !word.startsWith('-')) : [],
  );
  return { words: plain(words), piped, joint, into: [...into, ...teed] };
}

function unquoted(word: string): string {
  return word.replaceAll(
    /"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'/g,
    (_whole, double: string | undefined, single: string | undefined) => double ?? single ?? '',
  );
}

const wrappers: readonly RegExp[] = [
  /^\w+=\S*$/,
  /^(?:time|sudo|nohup|exec|command|env|rtk|nice|npx|bunx|uvx|pipx|then|do|else|if|!|\(|\{|xvfb-run|-y|--yes|--no-install)$/,
];
function after(words: readonly string[], option: RegExp): string | undefined {
  const at = words.findIndex((word) => option.test(word));
  return at < 0 ? undefined : words.slice(at + 1).join(' ');
}

/** `ssh host npm test` */
function remote(program: string, words: readonly string[]): string | undefined {
  return program === 'ssh' ? afterOptions(words).slice(1).join(' ') : undefined;
}

const pairs =
  /^(?:rtk (?:test|err|proxy|summary)|poetry run|uv run|pipenv run|rye run|hatch run|pdm run|conda run|mamba run|micromamba run|bundle exec|pnpm exec|pnpm dlx|yarn exec|yarn dlx|npm exec|bun x|mise exec|mise x|direnv exec|composer exec|dotenv run)$/;

/** Without what only starts another program. */
function plain(words: readonly string[]): readonly string[] {
  let rest = words;
  for (;;) {
    const [first = '', second = '', third = ''] = rest;
    if (pairs.test(`${first} ${second}`)) rest = afterOptions(rest.slice(2));
    else if (wrappers.some((wrapper) => wrapper.test(first))) rest = rest.slice(1);
    else if (/^g?timeout$/.test(first)) rest = afterOptions(rest.slice(1)).slice(1);
    else if (/^(?:docker(?:-compose)?|podman)$/.test(first) && /^(?:compose|exec|run)$/.test(second))
      rest = afterContainer(rest);
    else if (toolFolder.test(first)) rest = [first.replace(toolFolder, ''), ...rest.slice(1)];
    else if (first.startsWith('(') && first.length > 1) rest = [first.slice(1), ...rest.slice(1)];
    else return third === '' && second === '' && first === '' ? [] : rest;
  }
}

/** Where a project keeps the tools that it has installed. */
const toolFolder = /^(?:\S*[\\/])?(?:vendor\/bin|node_modules\/\.bin|\.?venv\/bin|\.?venv[\\/]Scripts)[\\/](?=\S)/;

/** Options whose value is the next word. */
const valued =
  /^(?:-[evwuplhmnks]|--(?:env|env-file|volume|mount|workdir|user|name|network|platform|entrypoint|index|publish|with|extra|group|python|package|signal))$/;

function afterOptions(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word, index) => !word.startsWith('-') && !valued.test(words[index - 1] ?? ''));
  return at < 0 ? [] : words.slice(at);
}

/** `docker compose exec -T -e CI=1 app npm test` */
function afterContainer(words: readonly string[]): readonly string[] {
  const verb = words.findIndex((word) => word === 'exec' || word === 'run');
  return verb < 0 ? [`${words[0] ?? ''}-`, ...words.slice(1)] : afterOptions(words.slice(verb + 1)).slice(1);
}
