import { z } from 'zod';
import { deferred } from '../../core/deferred.ts';
import type { Look } from '../../core/claim/evidence.ts';
import { lookByRunning, nowhereToRun, type RunJudgement } from '../../core/claim/local-run.ts';
import { faultIn } from '../../core/claim/local-run-faults.ts';
import { LocalRunOptions, runRequest } from '../../core/claim/local-run-options.ts';
import { sameToolAs } from '../../core/claim/named-tool.ts';
import type { Part } from '../../core/claim/part.ts';
import { type Examination, verifier } from '../../core/claim/verifier.ts';
import type { RunResult } from '../../core/ports.ts';

const Options = deferred(() =>
  z.strictObject({
    ...LocalRunOptions.shape,
    no_exit_codes: z
      .array(z.number().int().min(1).max(255))
      .optional()
      .describe('exit codes with which the command says no; default: those known for the tool, else 1'),
  }),
);
type Options = z.infer<typeof Options>;

export const commandSucceeds = verifier({
  id: 'command-succeeds',
  title: 'Command succeeds',
  summary: 'Runs a command and looks at its exit code.',
  lifecycle: 'stable',
  version: '1',
  looksAt: 'local-run',
  judges: ['build-succeeds', 'lint-clean', 'types-check'],
  options: Options,
  run,
});

async function run({ options, part, workspace, ports }: Examination<Options>): Promise<Look> {
  const { command, baseline, no_exit_codes: named } = options;
  if (workspace === undefined) return nowhereToRun(command);
  const no = named ?? noExitCodes(command);
  const request = runRequest(options, workspace);
  const isSame = part.tool === undefined ? undefined : await sameToolAs(command, workspace, ports);
  const judged = (result: RunResult): RunJudgement => {
    const judgement = inScope(judge(result, no), part, command);
    if (part.tool === undefined || isSame?.(part.tool, result.output) !== false) return judgement;
    const { outcome: _, message, detail, facts } = judgement;
    const other = `${message} But that was \`${command}\`, and the claim names \`${part.tool}\`: nothing shows that it ran.`;
    return { outcome: 'not-applicable', message: other, facts, ...(detail !== undefined && { detail }) };
  };
  return lookByRunning({ request, baseline, judge: judged }, ports);
}

/** Exit codes that mean "no" and nothing else; codes for wrong usage, crashes and missing files are not among them. */
const tools: readonly { readonly name: RegExp; readonly no: readonly number[] }[] = [
  { name: /^(?:tsc|vue-tsc|tsgo)$/, no: [1, 2] },
  {
    name: /^(?:eslint|oxlint|oxfmt|biome|prettier|knip|ruff|black|isort|mypy|flake8|shellcheck)$/,
    no: [1],
  },
  { name: /^stylelint$/, no: [2] }, // 1: fatal error
  // Bits: 2 errors, 4 warnings, 8 refactorings, 16 conventions; 1 is a fatal message, 32 wrong usage.
  { name: /^pylint$/, no: [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30] },
  { name: /^cargo$/, no: [101] },
  { name: /^go$/, no: [1, 2] },
  { name: /^(?:g?make|ninja)$/, no: [2] },
  { name: /^(?:rustc|gcc|g\+\+|clang|clang\+\+|javac)$/, no: [1] },
  { name: /^(?:golangci-lint|actionlint|hadolint|yamllint|markdownlint)$/, no: [1] },
];

/** For a script runner or an unknown program, 1: the code with which nearly everything says no. */
export function noExitCodes(command: string): readonly number[] {
  const words = command
    .trim()
    .split(/\s+/)
    .filter((word) => !/^\w+=/.test(word));
  const runner = /^(?:npx|bunx|pnpx|exec|uvx)$/.test(words[0] ?? '') ? 1 : 0;
  const program = words.slice(runner).find((word) => !word.startsWith('-'));
  const name = program?.split('/').at(-1) ?? '';
  return tools.find((tool) => tool.name.test(name))?.no ?? [1];
}

function judge({ exit, output }: RunResult, no: readonly number[]): RunJudgement {
  const message = `The command ended with exit code ${exit}.`;
  const facts = { noExitCodes: no.join(', ') };
  if (exit === 0) return { outcome: 'supported', message, facts };
  const detail = lastLines(output);
  if (exit === null || !no.includes(exit)) {
    const known =
      no.length === 0
        ? 'no exit code of it is known to say no: name them in no_exit_codes'
        : `${no.join(', ')} would say no`;
    const unclear = `The command ended with exit code ${exit}; ${known}.`;
    return { outcome: 'inconclusive', message: unclear, detail, facts };
  }
  const fault = faultIn(output);
  if (fault !== undefined) {
    const explained = `${message} The machine may explain it: ${fault}.`;
    return { outcome: 'inconclusive', message: explained, detail, facts: { ...facts, fault } };
  }
  return { outcome: 'refuted', message, detail, facts, failing: ['exit code'] };
}

/** A run of more than the claim means cannot refute it. */
function inScope(judgement: RunJudgement, { scope, names = [] }: Part, command: string): RunJudgement {
  if (judgement.outcome !== 'refuted' || scope === 'all') return judgement;
  if (scope === 'named' && names.some((name) => command.includes(name))) return judgement;
  const why =
    scope === 'named' ? `it ran on more than ${names.join(', ')}` : 'the claim does not say how much it means';
  return { ...judgement, outcome: 'inconclusive', message: `${judgement.message} But ${why}.` };
}

const shownLines = 5;

/** What the tool said last; npm's own words about a failed script say nothing more. */
function lastLines(output: string): string {
  const lines = output.split('\n').map((line) => line.trimEnd());
  const own = lines.filter((line) => line !== '' && !/^npm (?:error|ERR!|warn)/.test(line));
  return own.slice(-shownLines).join('\n').slice(-800);
}
