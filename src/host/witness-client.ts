import { parseNote } from '../core/ledger/note.ts';
import { openCheckpoint } from '../core/ledger/open-checkpoint.ts';
import { type AskWitness, type Witness, witnessAddress, type Witnessing } from '../core/ledger/witnessing.ts';
import type { WitnessOutcome } from '../core/ledger/witnessing.ts';
import {
  cosignatureBy,
  formatAddCheckpoint,
  parseWitnessAnswer,
  type WitnessAnswer,
} from '../core/ledger/witness-protocol.ts';
import { type HttpAnswer, type HttpRequest, type Seen } from '../core/ports.ts';
import { portOf } from './net/guard.ts';
import { createHttp } from './net/http.ts';
import { nodeCrypto } from './node-crypto.ts';
import { nodeSignatures } from './signatures.ts';

/** For all that one witness is asked about one checkpoint. */
const timeoutMs = 2_000;
const maxAnswerBytes = 262_144;

/** One conversation: the witness's own host only, within what is left of its time. */
interface Line {
  readonly witness: Witness;
  readonly asked: Witnessing;
  http(path: string, request: Omit<HttpRequest, 'url'>): Promise<Seen<HttpAnswer>>;
}

/**
 * Asks a witness that this user's configuration names for its cosignature. Its host may be a private address: the
 * caller asks only witnesses of a configuration that the user trusts. `ca`: as for `createHttp`.
 */
export function witnessClient({ ca }: { readonly ca?: string } = {}): AskWitness {
  return async (witness, asked) => {
    if (!URL.canParse(witness.url)) return { kind: 'unheard', message: `${witness.url}: not a URL` };
    const url = new URL(witness.url);
    const until = performance.now() + timeoutMs;
    const port = createHttp({ allow: [`${url.hostname}:${portOf(url)}`], ...(ca === undefined ? {} : { ca }) });
    return add({
      witness,
      asked,
      http: (path, request) =>
        port({
          ...request,
          url: witnessAddress(witness, path),
          timeoutMs: Math.max(1, Math.floor(until - performance.now())),
          maxBytes: maxAnswerBytes,
          maxRedirects: 0,
        }),
    });
  };
}

async function add(line: Line): Promise<WitnessOutcome> {
  const { asked } = line;
  const first = await submit(line, asked.oldSize);
  if (!('kind' in first)) return { kind: 'unheard', message: first.message };
  if (first.kind !== 'conflict' || first.size > asked.size) return outcome(line, first);
  const second = await submit(line, first.size);
  return 'kind' in second ? outcome(line, second) : { kind: 'unheard', message: second.message };
}

async function submit({ asked, http }: Line, oldSize: number): Promise<WitnessAnswer | { readonly message: string }> {
  const proof = oldSize === 0 || oldSize === asked.size ? [] : await asked.prove(oldSize);
  const body = formatAddCheckpoint({ oldSize, proof, checkpoint: asked.checkpoint });
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  const answer = await http('add-checkpoint', { method: 'POST', body, headers });
  if (!answer.ok) return { message: answer.message };
  const { status, headers: said, body: text } = answer.value;
  return parseWitnessAnswer({ status, contentType: said['content-type'], body: text });
}

async function outcome(line: Line, answer: WitnessAnswer): Promise<WitnessOutcome> {
  switch (answer.kind) {
    case 'cosigned':
      return checked(line, answer);
    case 'conflict':
      return answer.size > line.asked.size ? ahead(line, answer.size) : { kind: 'refused', status: 409 };
    case 'refused':
      return answer;
    case 'malformed':
      return { kind: 'unproved', why: 'malformed-answer' };
  }
}

async function checked(
  { asked, witness }: Line,
  { signatures }: Extract<WitnessAnswer, { kind: 'cosigned' }>,
): Promise<WitnessOutcome> {
  const note = parseNote(asked.checkpoint);
  if (typeof note === 'string') throw new TypeError(`a checkpoint that is no note: ${note}`);
  const found = await cosignatureBy(witness.key, { text: note.text, signatures }, nodeSignatures);
  return typeof found === 'string' ? { kind: 'unproved', why: found } : { kind: 'cosigned', ...found };
}

/** A size alone anybody could say: the larger tree itself, signed by this log, is asked for. */
async function ahead({ asked, http }: Line, size: number): Promise<WitnessOutcome> {
  const origin = nodeCrypto().hash('sha256', asked.log.name);
  const answer = await http(`${origin}/checkpoint`, {});
  if (!answer.ok || answer.value.status !== 200) return { kind: 'ahead', size };
  const { body } = answer.value;
  const opened = await openCheckpoint(body, { logs: [asked.log] }, nodeSignatures);
  if (typeof opened === 'string' || opened.checkpoint.size <= asked.size) return { kind: 'ahead', size };
  return { kind: 'ahead', size: opened.checkpoint.size, checkpoint: body };
}
