import { shortId } from '../../core/claim/claim-id.ts';
import type { Evidence } from '../../core/claim/evidence.ts';
import type { ClaimView, HumanView, PartView } from '../../core/claim/view.ts';
import { clip, ink, type Paper, paragraph } from './paper.ts';
import { verdictMarks } from './verdict-marks.ts';

/** A claim as a block: its verdict and words, then each part with what ran, what was seen and what to do. */
export function claimBlock(paper: Paper, claim: ClaimView): string {
  const { sign, colour } = verdictMarks[claim.verdict];
  const head = `${sign} ${claim.verdict.padEnd(12)}  `;
  const statement = paragraph(paper, head, clip(claim.statement, (paper.width - head.length) * 3));
  const lines = [
    statement.replace(head, () => ink(paper, colour, head)),
    ink(paper, 'dim', paragraph(paper, '  ', provenance(claim)).replaceAll('\u00a0', ' ')),
    ...claim.parts.map((part) => partBlock(paper, part)),
    ...humansLines(paper, claim),
    ...remarks(claim).map((text) => paragraph(paper, '  note  ', text)),
  ];
  return lines.join('\n');
}

/** Items hold together when the line is broken. */
function provenance({ id, claimant, beside = [], claimedAt, target, standing, intent, pod }: ClaimView): string {
  const about = target.tree === undefined ? target.commit : target.tree;
  return [
    shortId(id),
    [claimant, ...beside].map(({ id: name, kind }) => (kind === 'human' ? name : `${name} (${kind})`)).join(' with '),
    utc(claimedAt),
    ...(about === undefined ? [] : [`${target.tree === undefined ? 'commit' : 'tree'} ${about.slice(0, 8)}`]),
    intent === undefined ? `pod ${pod}` : `intent ${intent}`,
    ...(standing ? ['standing'] : []),
  ]
    .map((item) => item.replaceAll(' ', '\u00a0'))
    .join(' · ');
}

/** `2026-11-21T03:27Z` */
export function utc(time: string): string {
  return `${time.slice(0, 16)}Z`;
}

function partBlock(paper: Paper, part: PartView): string {
  const { sign, colour } = verdictMarks[part.verdict];
  const next = nextOf(part);
  const scope = part.scope === 'named' ? (part.names ?? []).join(', ') : part.scope;
  const lines = [
    `  ${ink(paper, colour, `${sign} ${part.verdict}`)}  ${clip(`${part.kind} (${scope})`, paper.width - part.verdict.length - 6)}`,
    paragraph(paper, '      ', sentence(part.because)),
    ...ranLines(paper, part.evidence),
    ...part.notes.map((note) => paragraph(paper, '      note  ', note)),
    ...(next === '' ? [] : [paragraph(paper, '      next  ', next)]),
  ];
  return lines.join('\n');
}

/** Looking again alone does not help where a look was tried and something stood in the way. */
function nextOf({ verdict, evidence }: PartView): string {
  const isBarred = verdict === 'unverified' && evidence !== undefined;
  return verdictMarks[isBarred ? 'unsupported' : verdict].next;
}

/** One line per command, the first three; `factum show` has all of it. */
function ranLines(paper: Paper, evidence: Evidence | undefined): readonly string[] {
  if (evidence === undefined) return [];
  const lines = [...new Set(evidence.ran)].map((command) => {
    const times = evidence.ran.filter((each) => each === command).length;
    const suffix = times === 1 ? '' : ` (${times} times)`;
    return ink(paper, 'dim', `      ran   ${clip(command, paper.width - 12 - suffix.length)}${suffix}`);
  });
  const more = lines.length - 3;
  return [...lines.slice(0, 3), ...(more > 0 ? [ink(paper, 'dim', `            and ${more} more: factum show`)] : [])];
}

/** A message as a sentence; a first word that may be the name of a branch or a file stays as it is. */
function sentence(text: string): string {
  const begun = text.replace(
    /^(?:all|an?|every|it|none|no|nobody|nothing|only|the|this)(?= )/,
    (word) => word.charAt(0).toUpperCase() + word.slice(1),
  );
  return /[.!?…)]$/.test(begun) ? begun : `${begun}.`;
}

/** How many answers count, and whose there are. */
function humansLines(paper: Paper, { humans, confirmations, quorum }: ClaimView): readonly string[] {
  if (humans.length === 0) return [];
  const answers = humans.map(
    (human) => `${human.person.name ?? human.person.id} ${human.decision} (${weakness(human)})`,
  );
  const count = `${confirmations} of ${quorum} independent confirmations`;
  return [paragraph(paper, '  humans  ', `${count}: ${answers.join(', ')}`)];
}

function weakness({ assurance, independent, current, doesNotCount }: HumanView): string {
  if (doesNotCount !== undefined) return 'does not count';
  return [assurance, ...(independent ? [] : ['not independent']), ...(current ? [] : ['stale'])].join(', ');
}

function remarks({ missing, level, uncounted }: ClaimView): readonly string[] {
  const count = uncounted.length === 1 ? '1 entry does not count' : `${uncounted.length} entries do not count`;
  return [
    ...(missing.length === 0 ? [] : [`level ${level} also requires: ${missing.join(', ')}`]),
    ...(uncounted.length === 0 ? [] : [`${count}; factum show says why`]),
  ];
}
