import { ink, type Paper, paragraph } from './paper.ts';

// What the answers of the commands about keys look like on a terminal.

export function keyNewText(paper: Paper, answer: { file: string; fingerprint: string; key: string }): string {
  return [
    `Made ${answer.file}`,
    `  ${answer.fingerprint}`,
    paragraph(paper, '  ', answer.key),
    paragraph(
      paper,
      'note  ',
      'any process of this user can sign with it. A key that wants a touch says more: ssh-keygen -t ed25519-sk',
    ),
    paragraph(paper, 'next  ', `factum key enroll --key ${answer.file}`),
  ].join('\n');
}

interface ShownKey {
  readonly fingerprint: string;
  readonly kind: 'human' | 'machine';
  readonly holder: string;
  readonly state: 'enrolled' | 'waiting' | 'removed';
}

const signs = { enrolled: '✓', waiting: '·', removed: '-' } as const;
const colours = { enrolled: 'green', waiting: 'yellow', removed: 'dim' } as const;

export function keyEnrollText(
  paper: Paper,
  answer: { pod: string; keys: readonly ShownKey[]; next?: string | undefined },
): string {
  const next = answer.next === undefined ? [] : [paragraph(paper, 'next  ', answer.next)];
  return [`Pod ${answer.pod}:`, ...answer.keys.map((key) => keyLines(paper, key, '')), ...next].join('\n');
}

export function keyListText(
  paper: Paper,
  answer: {
    pod: string;
    keys: readonly (ShownKey & { type: string; passkey: boolean; enrolledBy?: string | undefined })[];
    missing: readonly string[];
  },
): string {
  const lines = answer.keys.map((key) => {
    const by = key.enrolledBy === undefined ? '' : `, ${enrolling(key.holder, key.enrolledBy)}`;
    return keyLines(paper, key, `${key.passkey ? 'passkey' : key.type}${by}`);
  });
  return [
    lines.length === 0 ? `Pod ${answer.pod} has no keys.` : `Pod ${answer.pod}:`,
    ...lines,
    ...answer.missing.map((text) => paragraph(paper, 'note  ', text)),
  ].join('\n');
}

function enrolling(holder: string, by: string): string {
  return by === holder ? 'enrolled by themselves' : `vouched for by ${by}`;
}

function keyLines(paper: Paper, { fingerprint, holder, state }: ShownKey, detail: string): string {
  const head = `  ${signs[state]} ${state.padEnd(8)}  `;
  return [
    paragraph(paper, head, holder).replace(head, () => ink(paper, colours[state], head)),
    `      ${fingerprint}`,
    ...(detail === '' ? [] : [ink(paper, 'dim', paragraph(paper, '      ', detail))]),
  ].join('\n');
}

export function keyRemoveText(
  paper: Paper,
  answer: { fingerprint: string; holder: string; removed: boolean; pod: string },
): string {
  if (!answer.removed) return 'Nothing was removed.';
  const text = `Removed the key ${answer.fingerprint} of ${answer.holder} from pod ${answer.pod}. What it signed before stays valid.`;
  return paragraph(paper, '', text);
}

/** As it is: for a file. */
export function allowedSignersText(_: Paper, answer: { lines: readonly string[]; leftOut: readonly string[] }): string {
  const leftOut = answer.leftOut.map((id) => `# ${JSON.stringify(id)} cannot be written here`);
  const lines = [...answer.lines, ...leftOut];
  return lines.length === 0 ? '# no enrolled persons' : lines.join('\n');
}
