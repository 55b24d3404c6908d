import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allOperations, operations as loaders } from '../src/ops/index.ts';
import { agents } from '../src/plugins/agents/index.ts';
import { detectors } from '../src/plugins/detectors/index.ts';
import { sources } from '../src/plugins/sources/index.ts';
import { signals } from '../src/plugins/signals/index.ts';
import { transcripts } from '../src/plugins/transcripts/index.ts';
import { toolkits } from '../src/plugins/toolkits/index.ts';
import { verifiers } from '../src/plugins/verifiers/index.ts';
import { forms } from '../src/cli/forms.ts';
import { texts } from '../src/cli/texts.ts';

const operations = await allOperations();

/** Ids that a folder's files and sub-folders promise; `index.ts`, tests and what is named as shared are none. */
function idsIn(folder: string, shared: readonly string[] = []): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? entry.name : entry.name.replace(/\.ts$/, '')))
    .filter((id) => !/\.|^index$|^tsconfig/.test(id) && !shared.includes(id))
    .toSorted();
}

describe.each([
  ['agents', 'src/plugins/agents', agents.map(({ id }) => id), []],
  ['transcripts', 'src/plugins/transcripts', transcripts.map(({ id }) => id), []],
  ['verifiers', 'src/plugins/verifiers', verifiers.map(({ id }) => id), []],
  ['signals', 'src/plugins/signals', signals.map(({ id }) => id), []],
  ['detectors', 'src/plugins/detectors', detectors.map(({ id }) => id), []],
  ['toolkits', 'src/plugins/toolkits', toolkits.map(({ id }) => id), []],
  ['sources', 'src/plugins/sources', sources.map(({ id }) => id), []],
  [
    'operations',
    'src/ops',
    operations.map(({ id }) => id.replaceAll(' ', '-')),
    ['attesting', 'auditing', 'diagnosing', 'gating', 'judging', 'keys', 'looking', 'pull-requests'],
  ],
] as const)('the list of %s', (_kind, folder, listed, shared) => {
  test('has each file of the folder, once', () => {
    expect(listed).not.toEqual([]);
    expect(listed.toSorted()).toEqual(idsIn(folder, shared));
  });

  test('catches a file that is not listed', () => {
    expect(listed.slice(1).toSorted()).not.toEqual(idsIn(folder, shared));
  });
});

test('every operation is loaded by its own id', () => {
  expect(Object.keys(loaders)).toEqual(operations.map(({ id }) => id));
});

test('every operation has its text for the terminal, and no text is without an operation', () => {
  expect(Object.keys(texts).toSorted()).toEqual(operations.map(({ id }) => id).toSorted());
});

test('every form that an operation offers beside text and JSON can be shown', () => {
  const offered = operations.flatMap(({ id, formats = [] }) => formats.slice(2).map((form) => `${id} ${form}`));
  expect(Object.keys(forms).toSorted()).toEqual(offered.toSorted());
  const first = new Set(
    operations.flatMap(({ formats }) => (formats === undefined ? [] : [formats.slice(0, 2).join()])),
  );
  expect([...first]).toEqual(['terminal,json']);
});

test('every input field of every operation is described', () => {
  const fields = operations.flatMap(({ id, input }) =>
    Object.entries(input.shape).map(([name, field]) => [`${id}.${name}`, field.description] as const),
  );
  expect(fields.filter(([, description]) => description === undefined)).toEqual([]);
  expect(fields.length).toBeGreaterThan(10);
});

function negations(names: readonly string[]): readonly string[] {
  return names.filter((name) => /^no[A-Z]/.test(name));
}

test('no input field reads as a negation, which the command line would take for that of another', () => {
  const fields = operations.flatMap(({ input }) => Object.keys(input.shape));
  expect(negations(fields)).toEqual([]);
  expect(negations([...fields, 'noPassphrase'])).toEqual(['noPassphrase']);
});

test('every option of every verifier is described', () => {
  const fields = verifiers.flatMap(({ id, options }) =>
    Object.entries(options.shape).map(([name, field]) => [`${id}.${name}`, field.description] as const),
  );
  expect(fields.filter(([, description]) => description === undefined)).toEqual([]);
  expect(fields.length).toBeGreaterThan(10);
});
