import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FactumError, messageOf } from '../../core/errors.ts';
import { cosigner } from '../../core/ledger/cosignature.ts';
import { formatNote, formatSignatureLines, isBy, parseNote, signNote } from '../../core/ledger/note.ts';
import type { OpenedCheckpoint } from '../../core/ledger/open-checkpoint.ts';
import { formatVkey, type VerifierKey } from '../../core/ledger/vkey.ts';
import { judgeGrowth, openRequest, type WitnessDecision } from '../../core/ledger/witness.ts';
import {
  type AddCheckpoint,
  maxRequestBytes,
  parseAddCheckpoint,
  sizeMediaType,
} from '../../core/ledger/witness-protocol.ts';
import { nodeSshsigPorts } from '../signatures.ts';
import { openWitnessFolder, type WitnessFolder } from './witness-folder.ts';
import { type WitnessKey, witnessKey } from './witness-key.ts';

export interface WitnessOptions {
  readonly dir: string;
  /** Of its key; default: one made of the key. */
  readonly name?: string;
  /** Keys of the logs that it serves. */
  readonly logs: readonly VerifierKey[];
  readonly host: string;
  /** 0: one that is free. */
  readonly port: number;
  /** RFC 3339, UTC. */
  now(): string;
  /** Told what could not be answered because something here is broken. */
  onProblem(message: string): void;
}

export interface RunningWitness {
  readonly vkey: string;
  /** `http://host:port`: the submission prefix. */
  readonly url: string;
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly contentType?: string;
}

const plain = 'text/plain; charset=utf-8';
/** Requests for one origin that may wait for each other. */
const mostWaiting = 64;

/** Runs until it is closed. Throws WITNESS_FOLDER, WITNESS_STATE, KEY_UNREADABLE, LOCK_TIMEOUT or USAGE. */
export async function startWitness(options: WitnessOptions): Promise<RunningWitness> {
  const folder = await openWitnessFolder(options.dir);
  try {
    const own = await witnessKey(options.dir, options.name);
    for (const { name } of options.logs) await folder.last(name, own.key);
    const server = createServer(limits, listener(answering(options, folder, own), options.onProblem));
    server.maxConnections = 512;
    await listen(server, options);
    const ended = new Promise<void>((resolve) => {
      server.once('close', resolve);
    });
    return {
      vkey: formatVkey(own.key),
      url: urlOf(server.address() as AddressInfo),
      ended,
      async close() {
        await stop(server);
        folder.close();
      },
    };
  } catch (thrown) {
    folder.close();
    throw thrown;
  }
}

/** A client that sends a byte now and then is not waited for. */
const limits = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 8_192,
};

function listen(server: Server, { host, port }: WitnessOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new FactumError('USAGE', `cannot listen on ${host}, port ${port}: ${messageOf(cause)}`, { cause }));
    });
    server.listen(port, host, resolve);
  });
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 1_000).unref();
  });
}

type Answering = (request: IncomingMessage) => Promise<Answer>;

function listener(answer: Answering, onProblem: (message: string) => void) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    answer(request)
      .catch((thrown: unknown): Answer => {
        onProblem(messageOf(thrown));
        return { status: 500, body: 'the witness cannot answer; its operator is told why\n' };
      })
      .then(({ status, body, contentType = plain }) => {
        // The rest of a body that was not read to its end is not waited for.
        if (!request.complete) response.setHeader('connection', 'close');
        response.writeHead(status, { 'content-type': contentType }).end(body);
      })
      .catch((thrown: unknown) => onProblem(messageOf(thrown)));
  };
}

/** tlog-witness: `POST /add-checkpoint` and `GET /<origin hash>/checkpoint`. */
function answering(options: WitnessOptions, folder: WitnessFolder, own: WitnessKey): Answering {
  const inTurn = turns();

  async function add(request: AddCheckpoint): Promise<Answer> {
    const opening = await openRequest(request, options.logs, nodeSshsigPorts);
    if (opening.status !== 200) return answerOf(opening);
    const { opened } = opening;
    const { origin } = opened.checkpoint;
    return inTurn(origin, async () => {
      const last = await folder.last(origin, own.key);
      const decision = judgeGrowth(request, opened, last, nodeSshsigPorts.sha256);
      if (decision.status !== 200) return answerOf(decision);
      const { note, line } = await cosigned(request, opened, { own, now: options.now() });
      await folder.store(origin, note);
      return { status: 200, body: line };
    });
  }

  return async (request) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const [, originHash] = /^\/([0-9a-f]{64})\/checkpoint$/.exec(path) ?? [];
    if (originHash !== undefined) return request.method === 'GET' ? stored(folder, originHash) : wrongMethod;
    if (path !== '/add-checkpoint') return { status: 404, body: 'expected /add-checkpoint\n' };
    if (request.method !== 'POST') return wrongMethod;
    const body = await bodyOf(request);
    if (body === undefined) return { status: 413, body: `expected at most ${maxRequestBytes} bytes\n` };
    const asked = parseAddCheckpoint(body);
    return typeof asked === 'string' ? { status: 400, body: `bad request: ${asked}\n` } : add(asked);
  };
}

const wrongMethod: Answer = { status: 405, body: 'expected POST /add-checkpoint or GET /<origin hash>/checkpoint\n' };

async function stored(folder: WitnessFolder, originHash: string): Promise<Answer> {
  const note = await folder.note(originHash);
  return note === undefined ? { status: 404, body: 'nothing cosigned\n' } : { status: 200, body: note };
}

/** Undefined when it is longer than any request of the protocol. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxRequestBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function answerOf(decision: Exclude<WitnessDecision, { status: 200 }>): Answer {
  if (decision.status === 409) return { status: 409, body: `${decision.size}\n`, contentType: sizeMediaType };
  return { status: decision.status, body: `${decision.reason}\n` };
}

/** The log's checkpoint with its own signature and ours, and the line with ours. */
async function cosigned(
  { checkpoint }: AddCheckpoint,
  { text, log }: OpenedCheckpoint,
  { own, now }: { readonly own: WitnessKey; readonly now: string },
): Promise<{ readonly note: string; readonly line: string }> {
  const cosignedAt = Math.floor(Date.parse(now) / 1000);
  if (!(cosignedAt > 0)) throw new Error(`the clock says ${now}: a cosignature needs a time`);
  const signed = await signNote(text, cosigner({ key: own.key, cosignedAt, sign: own.sign }));
  const asked = parseNote(checkpoint);
  if (typeof signed === 'string' || typeof asked === 'string')
    throw new TypeError('a checkpoint that cannot be signed');
  const byLog = asked.signatures.filter((each) => isBy(each, log));
  return {
    note: formatNote({ text, signatures: [...byLog, ...signed.signatures] }),
    line: formatSignatureLines(signed.signatures),
  };
}

/** One after the other per origin: nobody may decide by what another one is about to replace. */
function turns() {
  const lines = new Map<string, { last: Promise<unknown>; waiting: number }>();
  return async (origin: string, work: () => Promise<Answer>): Promise<Answer> => {
    const line = lines.get(origin) ?? { last: Promise.resolve(), waiting: 0 };
    lines.set(origin, line);
    if (line.waiting >= mostWaiting) return { status: 503, body: 'too many requests for this log at once\n' };
    line.waiting += 1;
    const turn = line.last.then(work);
    line.last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      line.waiting -= 1;
    }
  };
}
