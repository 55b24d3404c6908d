import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../../test/free-port.ts';
import { startServer } from '../../test/http-server.ts';
import { noteKey, testLog } from '../../test/make/note-keys.ts';
import { sha256 } from '../../test/make/trees.ts';
import { lacks } from '../../test/needs.ts';
import { formatNote, parseNote } from '../core/ledger/note.ts';
import { formatVkey, parseVkey } from '../core/ledger/vkey.ts';
import { sizeMediaType } from '../core/ledger/witness-protocol.ts';
import type { Witness, Witnessing, WitnessOutcome } from '../core/ledger/witnessing.ts';
import { startWitness } from './witness/witness-server.ts';
import { witnessClient } from './witness-client.ts';

const ask = witnessClient();
const log = await testLog('log.example');
const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

function now(): string {
  return '2026-01-02T03:04:05.000Z';
}

async function aWitness(): Promise<Witness & { readonly vkey: string; stop(): Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), 'factum-witness-'));
  const options = { dir, logs: [log.key], host: '127.0.0.1', port: 0, now, onProblem: () => undefined };
  const { url, vkey, close } = await startWitness(options);
  ends.push(() => rmSync(dir, { recursive: true, force: true }), close);
  const key = parseVkey(vkey, sha256);
  if (key === undefined) throw new Error(vkey);
  return { key, url, vkey, stop: close };
}

async function fake(answer: RequestListener): Promise<Witness> {
  const server = await startServer(answer);
  ends.push(server.close);
  return { key: noteKey('fake.example', 0x04).key, url: `${server.origin}/prefix/` };
}

async function tree(size: number, oldSize: number, of = log): Promise<Witnessing> {
  const prove = (from: number) => of.consistency(from, size);
  return { log: of.key, checkpoint: await of.checkpoint(size), size, oldSize, prove };
}

test('a log grows before two witnesses, one of them unknown to it so far', async () => {
  const [a, b] = [await aWitness(), await aWitness()];
  const cosigned = { kind: 'cosigned', cosignedAt: Date.UTC(2026, 0, 2, 3, 4, 5) / 1000 };
  expect(await ask(a, await tree(5, 0))).toMatchObject(cosigned);
  expect(await ask(a, await tree(9, 5))).toMatchObject(cosigned);
  expect(await ask(a, await tree(9, 9))).toMatchObject(cosigned);
  // Both the sizes that the log thinks of are wrong: the witness says its own.
  expect(await ask(b, await tree(9, 5))).toMatchObject(cosigned);
  expect(await ask(a, await tree(12, 0))).toMatchObject(cosigned);
});

test('a copy that fell back hears how far it was, with proof', async () => {
  const witness = await aWitness();
  await ask(witness, await tree(300, 0));
  const back = await ask(witness, await tree(7, 5));
  expect(back).toMatchObject({ kind: 'ahead', size: 300 });
  expect(back).toHaveProperty('checkpoint', expect.stringContaining('log.example\n300\n'));
});

test('a witness that only says that it knows more has no proof', async () => {
  const said = await fake((request, response) => {
    if (request.method === 'GET') response.end('log.example\n300\nAAAA\n');
    else response.writeHead(409, { 'content-type': sizeMediaType }).end('300\n');
  });
  expect(await ask(said, await tree(7, 5))).toEqual({ kind: 'ahead', size: 300 });
});

test('each state of several witnesses is seen: cosigned, down, lying, of another history, not knowing the log', async () => {
  const [honest, forked, stranger] = [await aWitness(), await aWitness(), await aWitness()];
  const fork = await testLog('log.example', log, 1000);
  await ask(forked, await tree(5, 0, fork));
  const down: Witness = { ...honest, url: `http://127.0.0.1:${await freePort()}` };
  const lying = await fake((request, response) => {
    request.resume().on('end', () => response.end(`\u2014 ${lying.key.name} ${wrongBy(lying)}\n`));
  });
  const asked = await tree(9, 0);
  const other = await testLog('other.example');
  const outcomes = await Promise.all([
    ...[honest, down, lying, forked].map((witness) => ask(witness, asked)),
    ask(stranger, { ...(await tree(3, 0, other)) }),
  ]);
  expect(outcomes).toMatchObject([
    { kind: 'cosigned' },
    { kind: 'unheard', message: expect.stringContaining('ECONNREFUSED') as string },
    { kind: 'unproved', why: 'bad-cosignature' },
    { kind: 'refused', status: 422 },
    { kind: 'refused', status: 404 },
  ]);
});

/** Under the witness's own key id, and not a signature. */
function wrongBy({ key }: Witness): string {
  return Buffer.concat([Buffer.from(key.keyId, 'hex'), Buffer.alloc(72, 1)]).toString('base64');
}

const strange: readonly (readonly [string, RequestListener, Partial<WitnessOutcome>])[] = [
  ['no line', (_, response) => response.end('thanks'), { kind: 'unproved', why: 'malformed-answer' }],
  ['a page', (_, response) => response.end(`\u2014 a ${'A'.repeat(300_000)}\n`), { kind: 'unheard' }],
  ['by others', (_, response) => response.end('\u2014 a AAAAAAA=\n'), { kind: 'unproved', why: 'no-cosignature' }],
  ['elsewhere', (_, response) => response.writeHead(307, { location: '/' }).end(), { kind: 'refused', status: 307 }],
  ['nothing', () => undefined, { kind: 'unheard' }],
  ['broken', (request) => request.socket.destroy(), { kind: 'unheard' }],
  [
    'for ever another size',
    (_, response) => response.writeHead(409, { 'content-type': sizeMediaType }).end('3\n'),
    { kind: 'refused', status: 409 },
  ],
];
test.each(strange)('an answer with %s is no cosignature', async (_, answer, outcome) => {
  expect(await ask(await fake(answer), await tree(9, 5))).toMatchObject(outcome);
});

test('an address that is none is told, not thrown', async () => {
  const witness = { key: noteKey('w', 0x04).key, url: 'nowhere' };
  expect(await ask(witness, await tree(9, 5))).toMatchObject({ kind: 'unheard' });
});

const program = `package main
import ("bytes"; "crypto/ed25519"; "encoding/base64"; "encoding/binary"; "fmt"; "io/ioutil"; "strings"; "golang.org/x/mod/sumdb/note")
func check(err error) { if err != nil { panic(err) } }
func main() {
  logKey, err := ioutil.ReadFile("log.vkey"); check(err)
  witnessKey, err := ioutil.ReadFile("witness.vkey"); check(err)
  signed, err := ioutil.ReadFile("note"); check(err)
  verifier, err := note.NewVerifier(string(logKey)); check(err)
  opened, err := note.Open(signed, note.VerifierList(verifier)); check(err)
  parts := strings.SplitN(string(witnessKey), "+", 3)
  key, err := base64.StdEncoding.DecodeString(parts[2]); check(err)
  for _, line := range opened.UnverifiedSigs {
    if line.Name != parts[0] || fmt.Sprintf("%08x", line.Hash) != parts[1] || key[0] != 4 { panic("of another key") }
    raw, err := base64.StdEncoding.DecodeString(line.Base64); check(err)
    at := binary.BigEndian.Uint64(raw[4:12])
    message := bytes.NewBufferString(fmt.Sprintf("cosignature/v1\\ntime %d\\n%s", at, opened.Text)).Bytes()
    fmt.Println(at, ed25519.Verify(ed25519.PublicKey(key[1:]), message, raw[12:]))
  }
}
`;

test.skipIf(lacks('go', 'goNote'))("Go verifies our witness's cosignature", async () => {
  const witness = await aWitness();
  const asked = await tree(9, 0);
  const outcome = await ask(witness, asked);
  if (outcome.kind !== 'cosigned') throw new Error(outcome.kind);
  const note = parseNote(asked.checkpoint);
  if (typeof note === 'string') throw new Error(note);
  const cwd = mkdtempSync(join(tmpdir(), 'factum-cosigned-'));
  ends.push(() => rmSync(cwd, { recursive: true, force: true }));
  writeFileSync(join(cwd, 'log.vkey'), formatVkey(log.key));
  writeFileSync(join(cwd, 'witness.vkey'), witness.vkey);
  writeFileSync(join(cwd, 'note'), formatNote({ ...note, signatures: [...note.signatures, outcome.signature] }));
  writeFileSync(join(cwd, 'main.go'), program);
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOCACHE: join(cwd, 'cache') };
  const said = execFileSync('go', ['run', 'main.go'], { cwd, env, encoding: 'utf8' });
  expect(said).toBe(`${outcome.cosignedAt} true\n`);
});
