import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lacks } from '../../../test/needs.ts';
import { formatNote, openNote, signNote } from './note.ts';
import { formatVkey, parseVkey, verifierKey } from './vkey.ts';

const program = `package main
import ("crypto/rand"; "fmt"; "io/ioutil"; "golang.org/x/mod/sumdb/note")
func check(err error) { if err != nil { panic(err) } }
func main() {
  vkey, err := ioutil.ReadFile("vkey"); check(err)
  signed, err := ioutil.ReadFile("note"); check(err)
  verifier, err := note.NewVerifier(string(vkey)); check(err)
  opened, err := note.Open(signed, note.VerifierList(verifier)); check(err)
  fmt.Print(opened.Text)
  secret, public, err := note.GenerateKey(rand.Reader, "go.example/log"); check(err)
  signer, err := note.NewSigner(secret); check(err)
  made, err := note.Sign(&note.Note{Text: opened.Text}, signer); check(err)
  check(ioutil.WriteFile("go.vkey", []byte(public), 0600))
  check(ioutil.WriteFile("go.note", made, 0600))
}
`;

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const spki = Buffer.from('302a300506032b6570032100', 'hex');
const ed25519 = {
  verify: (_: string, key: unknown, message: Uint8Array, signature: Uint8Array): Promise<boolean> => {
    const der = Buffer.concat([spki, key as Uint8Array]);
    return Promise.resolve(
      verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature),
    );
  },
};

test.skipIf(lacks('go', 'goNote'))("Go's sumdb/note opens ours, we open its", async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'factum-note-'));
  try {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(spki.length));
    const key = verifierKey({ name: 'log.example', type: 0x01, publicKey: raw }, sha256);
    const own = (message: Uint8Array): Promise<Uint8Array> => Promise.resolve(sign(null, message, privateKey));
    const text = 'first è\n\nlast\n';
    const note = await signNote(text, { name: key.name, keyId: key.keyId, sign: own });
    if (typeof note === 'string') throw new Error(note);
    writeFileSync(join(cwd, 'vkey'), formatVkey(key));
    writeFileSync(join(cwd, 'note'), formatNote(note));
    writeFileSync(join(cwd, 'main.go'), program);

    const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOCACHE: join(cwd, 'cache') };
    expect(execFileSync('go', ['run', 'main.go'], { cwd, env, encoding: 'utf8' })).toBe(text);

    const other = parseVkey(readFileSync(join(cwd, 'go.vkey'), 'utf8'), sha256);
    if (other === undefined) throw new Error('not a key');
    const opened = await openNote(readFileSync(join(cwd, 'go.note')), [other], ed25519);
    expect(opened).toMatchObject({ text, verifiedBy: [{ key: other }] });
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});
