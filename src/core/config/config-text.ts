import { Document, isMap, isNode } from 'yaml';
import { podIdOf } from './default-config.ts';
import type { Survey } from './survey.ts';

/** The JSON Schema that comes with the published package. */
const schemaPath = './node_modules/factum/schema/factum.schema.json';

/** A commented `factum.yaml` for what a survey found. */
export function configText(survey: Survey, pod: string = podIdOf(survey.repository)): string {
  const document = new Document({ version: 1, pods: [podOf(survey, pod)], ...runOf(survey), ...gitOf(survey) });
  document.commentBefore = comment(
    `yaml-language-server: $schema=${schemaPath}`,
    'How Factum checks claims about this repository. `factum explain <word>` says what a word means.',
  );
  const note = (path: readonly (string | number)[], ...lines: readonly string[]) => {
    const node = document.getIn(path.slice(0, -1), true);
    const key = path.at(-1);
    const target = isMap(node) ? node.items.find((pair) => String(pair.key) === key)?.key : document.getIn(path, true);
    if (isNode(target)) target.commentBefore = comment(...lines);
  };
  note(['pods', 0, 'members', 'humans'], ...membersNote(survey));
  for (const [index, { because, options }] of survey.checks.entries()) {
    note(['pods', 0, 'checks', index], because, ...exitsNote(options));
  }
  note(
    ['pods', 0, 'intents'],
    'Decisions about outcomes, each with the checks that must hold: outcome, decided_by, decided_at, why, accept.',
  );
  if (survey.setup !== undefined) note(['run', 'setup'], survey.setup.because);
  const owners = survey.owners.slice(0, 10).map(({ owner, paths }) => `  ${owner}: ${paths.slice(0, 5).join(' ')}`);
  if (owners.length > 0) {
    note(
      ['pods', 0, 'paths'],
      'CODEOWNERS has these owners; a pod of its own takes its paths by `codeowners: "@owner"`.',
      ...owners,
    );
  }
  return document.toString({ lineWidth: 0 });
}

function podOf({ humans, agents, checks }: Survey, id: string) {
  return {
    id,
    members: {
      humans: humans.map((human) => (human.name === '' ? { id: human.id } : { id: human.id, name: human.name })),
      agents: agents.map((agent) => agent.id),
    },
    paths: ['**'],
    checks: checks.map(({ kind, verifier, options }) => ({ kind, verifier, options })),
    policy: { quorum: 2 },
    intents: [],
  };
}

function runOf({ setup }: Survey) {
  return setup === undefined ? {} : { run: { setup: setup.command } };
}

function gitOf({ remote, defaultBranch }: Survey) {
  const git = {
    ...(remote === undefined ? {} : { remote }),
    ...(defaultBranch === undefined ? {} : { default_branch: defaultBranch }),
  };
  return Object.keys(git).length === 0 ? {} : { git };
}

function membersNote({ humans }: Survey): readonly string[] {
  if (humans.length >= 2)
    return [
      'Authors in the 90 days up to the newest commit. Keep those who own this work: 2 at least, 3 or 4 by design.',
    ];
  const count = humans.length === 0 ? 'no human' : 'one human';
  return [
    `Structurally unsafe: ${count} here. Claims can become supported, never verified, until there are two.`,
    'Each is "- id: <e-mail address in git>".',
  ];
}

function exitsNote({ no_exit_codes: codes }: Readonly<Record<string, unknown>>): readonly string[] {
  if (!Array.isArray(codes) || codes.length > 0) return [];
  return ['No exit code is known by which this says "no". Name some (often 1), and it can contradict a claim.'];
}

/** One comment of several lines; what is not printable would end it or break the file. */
function comment(...lines: readonly string[]): string {
  return lines.map((line) => ` ${line.replaceAll(/[^\P{C}]|[\u2028\u2029]/gu, ' ')}`).join('\n');
}
