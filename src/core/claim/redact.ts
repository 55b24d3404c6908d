/** What stands in place of a secret. */
export const redacted = '[redacted]';

/** Shapes that are secrets wherever they stand; prefixes are the issuers' own. */
const shapes: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----|$(?![\s\S]))/g,
  /\bgh[pousr]_[A-Za-z0-9]{36,251}\b/g, // GitHub
  /\bgithub_pat_[A-Za-z0-9_]{22,255}\b/g,
  /\bglpat-[A-Za-z0-9_-]{20,}/g, // GitLab
  /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g, // AWS key ids
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g, // Slack
  /\bsk-(?:ant-|proj-|svcacct-)?(?=[A-Za-z_-]{0,60}\d)[A-Za-z0-9_-]{20,}/g, // OpenAI, Anthropic
  /\bAIza[A-Za-z0-9_-]{35}/g, // Google
  /\bnpm_[A-Za-z0-9]{36}\b/g,
  /\b(?:sk|rk|whsec)_(?:live_|test_)?[A-Za-z0-9]{20,}\b/g, // Stripe
  /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g, // JSON Web Token
];

const authorization = /(\bAuthorization["']?\s*[:=]\s*["']?(?:Bearer|Basic|Token)\s+)([^\s"',;]{6,})/gi;
const urlPassword = /(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@"']{0,100}:)([^\s/@"']{1,500})(?=@)/gi;
const assignment =
  /(\b[\w-]{0,40}(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)[\w-]{0,40}["']?\s*[:=]\s*["']?)([^\s"',;&}\])]{8,})/gi;

const shortestSecret = 6;

/** Replaces known token shapes and the given values by `[redacted]`. Redacting twice changes nothing more. */
export function redact(text: string, secrets: readonly string[] = []): string {
  const values = longestFirst(secrets);
  let clean = text;
  // What one replacement leaves may be the shape of another secret; each round leaves fewer characters between marks.
  for (let before = ''; before !== clean;) {
    before = clean;
    clean = clean
      .split(redacted)
      .map((piece) => redactPiece(piece, values))
      .join(redacted);
  }
  return clean;
}

function redactPiece(text: string, values: readonly string[]): string {
  let clean = text;
  for (const value of values) clean = clean.replaceAll(value, redacted);
  for (const shape of shapes) clean = clean.replaceAll(shape, redacted);
  return clean
    .replaceAll(authorization, (whole, head: string, value: string) => (isMasked(value) ? whole : `${head}${redacted}`))
    .replaceAll(urlPassword, (whole, head: string, value: string) => (isMasked(value) ? whole : `${head}${redacted}`))
    .replaceAll(assignment, (whole, head: string, value: string) =>
      looksRandom(value) ? `${head}${redacted}` : whole,
    );
}

/** A secret that is part of another must not leave the other's rest behind. */
function longestFirst(secrets: readonly string[]): readonly string[] {
  return secrets.filter((secret) => secret.length >= shortestSecret).toSorted((a, b) => b.length - a.length);
}

/** A reference to a secret, or one that somebody masked already. */
function isMasked(value: string): boolean {
  return value.includes(redacted) || /^(?:\*+|<.*>|x+|\$\{?.*)$/i.test(value);
}

/** Words and code are not secrets: a value counts when it mixes digits and letters and has over 3 bits per character. */
function looksRandom(value: string): boolean {
  if (isMasked(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (isIdentity(value) || /[(){}[\]<>]/.test(value) || /^[./~]|:\/\/|\.[a-z]{2,4}(?::\d+)*$/.test(value)) return false;
  return entropy(value) > 3;
}

/** Git object names and UUIDs name things; they are public. */
function isIdentity(value: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i.test(value);
}

/** Shannon entropy in bits per character. */
function entropy(text: string): number {
  let bits = 0;
  for (const char of new Set(text)) {
    const share = (text.split(char).length - 1) / text.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}

const escape = '\u001B';
const controls = new RegExp(
  [
    `${escape}\\[[0-?]*[ -/]*[@-~]`, // CSI: colours, cursor moves
    `${escape}\\][^\\u0007${escape}]*(?:\\u0007|${escape}\\\\)`, // OSC: titles, links
    `${escape}[PX^_][^${escape}]*${escape}\\\\`, // DCS and the like
    `${escape}[@-Z\\\\-_]`,
    '[\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]',
    '[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]', // bidirectional marks: what is read is not what is there
  ].join('|'),
  'g',
);

/** Other than what stays: what every sequence that is taken out begins with, and line ends that are made plain ones. */
const unprintable = /[^\t\n -~\u00A0-\u061B\u061D-\u200D\u2010-\u2027\u202F-\u2065\u206A-\uFFFF]/;

/** Text without terminal control sequences: colours, cursor moves, titles, bells, changes of direction. Line ends and tabs stay. */
export function printable(text: string): string {
  // Most text has nothing of this, and one look for it is faster than three replacements.
  if (!unprintable.test(text)) return text;
  // A carriage return alone would let what follows overwrite what stands before it.
  return text.replaceAll(controls, '').replaceAll(/\r+\n?|[\u2028\u2029]/g, '\n');
}

/** What JSON leaves as it is and a terminal obeys. */
const unescaped = /[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;

/** JSON that a terminal shows as it is: the same value, with every control character and mark of direction escaped. */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replaceAll(unescaped, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
