import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

// Go's own client of transparency logs, as Debian packages it: it hashes and proves with code of its own.

const ofLog = `package main
import (
  "fmt"; "io/ioutil"; "net/http"; "os"
  "golang.org/x/mod/sumdb/note"
  "golang.org/x/mod/sumdb/tlog"
)
func check(err error) { if err != nil { fmt.Println(err); os.Exit(1) } }
func get(path string) []byte {
  answer, err := http.Get(os.Args[1] + path); check(err)
  defer answer.Body.Close()
  if answer.StatusCode != 200 { fmt.Println(path, answer.Status); os.Exit(1) }
  body, err := ioutil.ReadAll(answer.Body); check(err)
  return body
}
type reader struct{}
func (reader) Height() int { return 8 }
func (reader) SaveTiles([]tlog.Tile, [][]byte) {}
func (reader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
  var all [][]byte
  for _, t := range tiles {
    path := fmt.Sprintf("tile/%d/%s", t.L, number(t.N))
    if t.W != 256 { path += fmt.Sprintf(".p/%d", t.W) }
    all = append(all, get(path))
  }
  return all, nil
}
func number(n int64) string {
  text := fmt.Sprintf("%03d", n % 1000)
  for n >= 1000 { n /= 1000; text = fmt.Sprintf("x%03d/%s", n % 1000, text) }
  return text
}
func main() {
  verifier, err := note.NewVerifier(os.Args[2]); check(err)
  opened, err := note.Open(get("checkpoint"), note.VerifierList(verifier)); check(err)
  var origin, root string
  var size int64
  _, err = fmt.Sscanf(opened.Text, "%s\\n%d\\n%s\\n", &origin, &size, &root); check(err)
  hash, err := tlog.ParseHash(root); check(err)
  tree := tlog.Tree{N: size, Hash: hash}
  hashes := tlog.TileHashReader(tree, reader{})
  var index int64
  for bundle := int64(0); index < size; bundle++ {
    path := "tile/entries/" + number(bundle)
    if size - index < 256 { path += fmt.Sprintf(".p/%d", size - index) }
    data := get(path)
    for len(data) > 0 {
      n := 2 + (int(data[0]) << 8 | int(data[1]))
      leaf := tlog.RecordHash(data[2:n])
      proof, err := tlog.ProveRecord(size, index, hashes); check(err)
      check(tlog.CheckRecord(proof, size, hash, index, leaf))
      data = data[n:]
      index++
    }
  }
  var older int64
  for older = 1; older <= size; older = older * 3 / 2 + 1 {
    root, err := tlog.TreeHash(older, hashes); check(err)
    proof, err := tlog.ProveTree(size, older, hashes); check(err)
    check(tlog.CheckTree(proof, size, hash, older, root))
  }
  fmt.Println(origin, size, index)
}
`;

const ofReceipts = `package main
import (
  "encoding/base64"; "fmt"; "io/ioutil"; "os"; "path/filepath"; "strings"
  "golang.org/x/mod/sumdb/note"
  "golang.org/x/mod/sumdb/tlog"
)
func check(err error) { if err != nil { fmt.Println(err); os.Exit(1) } }
func main() {
  policy, err := ioutil.ReadFile(os.Args[1] + "/policy"); check(err)
  var vkey string
  for _, line := range strings.Split(string(policy), "\\n") {
    if words := strings.Fields(line); len(words) > 1 && words[0] == "log" { vkey = words[1] }
  }
  verifier, err := note.NewVerifier(vkey); check(err)
  entries, err := filepath.Glob(os.Args[1] + "/entries/*.tlog-proof"); check(err)
  files := append(entries, os.Args[1] + "/claim.json.tlog-proof")
  for _, file := range files {
    receipt, err := ioutil.ReadFile(file); check(err)
    entry, err := ioutil.ReadFile(strings.TrimSuffix(file, ".tlog-proof")); check(err)
    halves := strings.SplitN(string(receipt), "\\n\\n", 2)
    opened, err := note.Open([]byte(halves[1]), note.VerifierList(verifier)); check(err)
    var origin, root string
    var size, index int64
    _, err = fmt.Sscanf(opened.Text, "%s\\n%d\\n%s\\n", &origin, &size, &root); check(err)
    hash, err := tlog.ParseHash(root); check(err)
    lines := strings.Split(halves[0], "\\n")
    if lines[0] != "c2sp.org/tlog-proof@v1" { fmt.Println(lines[0]); os.Exit(1) }
    _, err = fmt.Sscanf(lines[1], "index %d", &index); check(err)
    var proof tlog.RecordProof
    for _, line := range lines[2:] {
      var sibling tlog.Hash
      decoded, err := base64.StdEncoding.DecodeString(line); check(err)
      copy(sibling[:], decoded)
      proof = append(proof, sibling)
    }
    check(tlog.CheckRecord(proof, size, hash, index, tlog.RecordHash(entry)))
  }
  fmt.Println(len(files))
}
`;

/** Verifies checkpoint, every inclusion and the consistency of older sizes; answers `<origin> <size> <entries>` or what fails. */
export function goReadsLog(url: string, vkey: string): Promise<string> {
  return go(ofLog, [url, vkey]);
}

/** Verifies every receipt of an exported folder; answers how many, or what fails. */
export function goReadsReceipts(folder: string): Promise<string> {
  return go(ofReceipts, [folder]);
}

async function go(program: string, args: readonly string[]): Promise<string> {
  const cwd = await mkdtemp(join(tmpdir(), 'factum-tlog-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  await writeFile(join(cwd, 'main.go'), program);
  const env = {
    ...process.env,
    GO111MODULE: 'off',
    GOPATH: '/usr/share/gocode',
    GOCACHE: join(tmpdir(), 'factum-go-cache'),
  };
  const ran = await promisify(execFile)('go', ['run', 'main.go', ...args], { cwd, env }).catch(
    (thrown: { stdout: string; stderr: string }) => thrown,
  );
  return ran.stdout + ran.stderr;
}
