import type { Claim, Target } from './claim.ts';
import type { Part, PartKind } from './part.ts';
import { printable, printableJson } from './redact.ts';

/** What a person does to see for themselves; no word about what a machine or anybody else saw. */
const howToLook: Readonly<Record<PartKind, string>> = {
  'tests-pass': 'run the tests there; see that they ran, and that none was skipped or weakened to pass',
  'build-succeeds': 'build it there, from a clean checkout',
  'lint-clean': 'run the linter there; see that no rule was switched off for it',
  'types-check': 'run the type checker there; see that nothing was excluded for it',
  'change-made': 'read the change; see that it does what is said, and that nothing else came with it',
  'file-exists': 'open the file and read it',
  committed: 'read the commit; see that the work is in it, and nothing of it left out',
  'not-reverted': 'read the history since; see that the change is still there',
  pushed: "look at the branch on the remote's own page, or ask git ls-remote",
  merged: "look at the default branch on the remote's own page",
  'ci-green': 'open the run of that commit; see which jobs ran, and which did not',
  published: "open the registry's page, or install that version in an empty folder",
  deployed: 'open it; see which version answers',
  'endpoint-responds': 'call it and read the answer',
  'page-renders': 'open the page in a browser and use it',
  migrated: 'look at the schema in that database',
  'data-present': 'query the data and read some of it',
  'metric-reached': 'read the metric where it is measured',
  'issue-closed': 'open the issue; see that what it asked for is there',
  behaviour: 'use it as its user would, and try what could break it',
};

/**
 * What a person is shown before answering. Anybody renders the same text from the claim alone: the SHA-256 of its UTF-8
 * is what an attestation names as shown. So it never changes for a claim that is there: an answer to another sheet does not count.
 */
export function lookSheet(claim: Claim): string {
  const { id, pod, claimant, claimedAt, statement, parts, target } = claim;
  return [
    `Claim ${id}`,
    printable(`By ${claimant.id} (${claimant.kind}), ${claimedAt}, in pod ${pod}`),
    ...aboutIt(claim),
    '',
    'What is said:',
    indented(statement),
    '',
    'Its parts, and how to look at each:',
    ...parts.map(partLines),
    '',
    'Of what it is said:',
    ...targetLines(target),
    '',
    'Look at the thing itself, not at a report of it.',
    'Then confirm, dispute or abstain.',
    '',
  ].join('\n');
}

/** Hex, as `sha256` answers. */
export function sheetDigest(claim: Claim, sha256: (bytes: Uint8Array) => string): string {
  return sha256(new TextEncoder().encode(lookSheet(claim)));
}

function aboutIt({ standing, relays, intent }: Claim): readonly string[] {
  return [
    ...(standing ? ['It is a standing claim: about what is there now'] : []),
    ...(intent === undefined ? [] : [printable(`It is the acceptance of intent ${intent}`)]),
    ...(relays === undefined ? [] : [`It only passes on claim ${relays}`]),
  ];
}

function partLines({ id, kind, scope, names, expected, verifier, options, proposed }: Part): string {
  const extent = names === undefined ? scope : names.map(oneLine).join(', ');
  const details = { ...(verifier === undefined ? {} : { verifier }), ...options };
  return [
    `    ${id}  ${kind} (${extent})${proposed === true ? ', proposed by a model' : ''}`,
    `        look: ${howToLook[kind]}`,
    ...(expected === undefined ? [] : [`        numbers said: ${printableJson(expected)}`]),
    ...(Object.keys(details).length === 0 ? [] : [`        given: ${printableJson(details)}`]),
  ].join('\n');
}

function targetLines(target: Target): readonly string[] {
  const fields = ['repository', 'commit', 'tree', 'branch', 'environment', 'url', 'database'] as const;
  const lines = fields.flatMap((field) => {
    const value = target[field];
    return value === undefined ? [] : [`    ${field} ${oneLine(value)}`];
  });
  return lines.length === 0 ? ['    what is there now'] : lines;
}

/** A statement cannot pass for lines of the sheet: each of its own is marked. */
function indented(text: string): string {
  return printable(text).replaceAll(/^/gm, '    | ');
}

function oneLine(text: string): string {
  return printable(text).replaceAll(/\s+/g, ' ');
}
