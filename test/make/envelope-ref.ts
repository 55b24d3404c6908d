import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';

// What somebody who may push can put into the ref of a remote by hand, with git's own plumbing.

export const envelopesRef = 'refs/factum/envelopes';

export function plumb(dir: string, args: readonly string[], input: string | Uint8Array = ''): string {
  return execFileSync('git', args, {
    cwd: dir,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['pipe', 'pipe', 'pipe'],
  }).trimEnd();
}

export function blobOf(dir: string, content: string | Uint8Array): string {
  return plumb(dir, ['hash-object', '-w', '--stdin'], content);
}

/** A tree exactly of these entries, whatever git thinks of them. */
export function rawTree(dir: string, entries: readonly (readonly [mode: string, name: string, id: string])[]): string {
  const parts = entries.map(([mode, name, id]) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]);
  const args = ['hash-object', '-t', 'tree', '-w', '--literally', '--stdin'];
  return plumb(dir, args, Buffer.concat(parts.flat()));
}

/** The ref points to a new commit without a parent. */
export function pointRef(dir: string, tree: string): void {
  const who = ['-c', 'user.name=M', '-c', 'user.email=m@example.org'];
  plumb(dir, ['update-ref', envelopesRef, plumb(dir, [...who, 'commit-tree', '-m', 'by hand', tree])]);
}

/** Adds files to what is there: content by name. */
export function plant(dir: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  const lines = plumb(dir, ['ls-tree', '-r', envelopesRef]).split('\n');
  for (const [name, content] of files) {
    lines.push(`100644 blob ${blobOf(dir, content)}\t${name.slice(0, 2)}/${name}`);
  }
  pointRef(dir, treeWith(dir, lines));
}

/** Of lines as `ls-tree -r` prints them. */
export function treeWith(dir: string, lines: readonly string[]): string {
  const byFolder = Map.groupBy(lines, (line) => /\t(..)\//.exec(line)?.[1] ?? '');
  const top = [...byFolder].map(([folder, inside]) => {
    const input = inside.map((line) => line.replace(/\t..\//, '\t')).join('\n');
    return `040000 tree ${plumb(dir, ['mktree'], `${input}\n`)}\t${folder}`;
  });
  return plumb(dir, ['mktree'], `${top.join('\n')}\n`);
}

/** The files of the ref: name to content. */
export function envelopesAt(dir: string): ReadonlyMap<string, string> {
  const paths = plumb(dir, ['ls-tree', '-r', '--name-only', envelopesRef]).split('\n');
  return new Map(paths.map((path) => [path.slice(3), plumb(dir, ['cat-file', 'blob', `${envelopesRef}:${path}`])]));
}

export function sha256Hex(content: string | Uint8Array): string {
  return hash('sha256', content);
}
