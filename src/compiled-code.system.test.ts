import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compiledFor } from './compiled-code.ts';

let dir: string;
let kept: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'factum compiled-'));
  kept = join(dir, 'cache', 'verify');
  write(
    'entry.cjs',
    "exports.all = () => [require('./part.cjs').one(), require('node:path').sep, __filename, module.exports === exports];",
  );
  write('part.cjs', 'exports.one = () => 1;');
});
afterEach(() => {
  chmodSync(dir, 0o700);
  rmSync(dir, { recursive: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(dir, name), text);
}

/** What the functions of the files return in a process of its own, and how it ended. */
function run(exit = 0, meanwhile = ''): unknown {
  const script = `import(${JSON.stringify(resolve('src/compiled-code.ts'))}).then(async ({ loadCompiled }) => {
    const { all } = loadCompiled(${JSON.stringify(join(dir, 'entry.cjs'))}, ${JSON.stringify(kept)});
    console.log(JSON.stringify(all()));
    ${meanwhile}
    process.exitCode = ${exit};
  })`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: exit });
  return JSON.parse(stdout);
}

const answer = (one: number): unknown => [one, '/', join(dir, 'entry.cjs'), true];

/** Under what name the code of a file is kept. */
function markOf(name: string): string {
  const { files } = JSON.parse(readFileSync(kept, 'utf8').split('\n', 1)[0] ?? '') as { files: { mark: string }[] };
  return files.map(({ mark }) => mark).find((mark) => mark.endsWith(name)) ?? '';
}

/** The kept file with its head changed, or its code. */
function tamper(change: (head: string, code: Buffer) => readonly [string, Buffer]): void {
  const content = readFileSync(kept);
  const end = content.indexOf('\n');
  const [head, code] = change(content.toString('utf8', 0, end), content.subarray(end + 1));
  writeFileSync(kept, Buffer.concat([Buffer.from(`${head}\n`), code]));
}

/** Each file's code begins with a number of V8's, then a hash of its version. */
function ofAnotherV8(head: string, code: Buffer): readonly [string, Buffer] {
  const { files } = JSON.parse(head) as { files: { bytes: number }[] };
  const changed = Buffer.from(code);
  let at = 0;
  for (const { bytes } of files) {
    changed.writeUInt8(changed.readUInt8(at + 4) ^ 1, at + 4);
    at += bytes;
  }
  return [JSON.stringify({ files, sum: crc32(changed) }), changed];
}

describe('code that an earlier run compiled', () => {
  test('is kept for this user alone, and used: what stands there is what runs', () => {
    expect(run()).toEqual(answer(1));
    expect(statSync(kept).mode & 0o077).toBe(0);
    // Planted: the code of one text under the mark of another of the same length.
    const mark = markOf('part.cjs');
    write('part.cjs', 'exports.one = () => 2;');
    rmSync(kept);
    run();
    expect(markOf('part.cjs')).not.toBe(mark);
    tamper((head, code) => [head.replace(markOf('part.cjs'), mark), code]);
    write('part.cjs', 'exports.one = () => 1;');
    expect(run()).toEqual(answer(2));
  });

  test('is not written again by a run that compiled nothing new', () => {
    run();
    const { ino } = statSync(kept);
    run();
    expect(statSync(kept).ino).toBe(ino);
  });

  test('is used after a run that was lean', () => {
    const lean = `(await import(${JSON.stringify(resolve('src/host/process/lean.ts'))})).runLean();`;
    run(0, lean);
    const { ino } = statSync(kept);
    run(0, lean);
    expect(statSync(kept).ino).toBe(ino);
  });

  test('of a file that changed is not taken, and what no longer is there leaves', () => {
    run();
    write('part.cjs', 'exports.one = () => 2;');
    expect(run()).toEqual(answer(2));
    rmSync(join(dir, 'part.cjs'));
    write('other.cjs', 'exports.one = () => 3;');
    write('entry.cjs', readFileSync(join(dir, 'entry.cjs'), 'utf8').replace('part', 'other'));
    expect(run()).toEqual(answer(3));
    expect(readFileSync(kept, 'utf8')).not.toContain('part.cjs"');
  });

  test.each<readonly [string, (head: string, code: Buffer) => readonly [string, Buffer]]>([
    [
      'of which a bit is flipped',
      (head, code) => [head, Buffer.from(code.map((byte, at) => (at === 99 ? byte ^ 1 : byte)))],
    ],
    ['that was cut', (head, code) => [head, code.subarray(0, -9)]],
    ['of another V8', ofAnotherV8],
    ['with a head that is none', (_, code) => ['{', code]],
    ['of nothing', () => ['', Buffer.alloc(0)]],
  ])('%s is as good as none, and is replaced', (_, change) => {
    run();
    const whole = readFileSync(kept);
    tamper(change);
    expect(readFileSync(kept).equals(whole), 'nothing was planted').toBe(false);
    expect(run()).toEqual(answer(1));
    const { ino } = statSync(kept);
    expect(run()).toEqual(answer(1));
    expect(statSync(kept).ino, 'what replaced it is no better').toBe(ino);
  });

  test('is not kept by a command that gave no answer, nor where nothing can be written', () => {
    run(3);
    expect(existsSync(kept)).toBe(false);
    writeFileSync(join(dir, 'cache'), 'no folder');
    expect(run()).toEqual(answer(1));
  });
});

test('it is kept per command, in the folder for what can be deleted', () => {
  expect(compiledFor('verify', { HOME: '/home/a' })).toBe('/home/a/.cache/factum/compiled/verify');
  expect(compiledFor('verify', { HOME: '/home/a', XDG_CACHE_HOME: '/c' })).toBe('/c/factum/compiled/verify');
  for (const command of ['', '../x', 'a b']) expect(compiledFor(command, { HOME: '/home/a' })).toBeUndefined();
  expect(compiledFor('verify', {})).toBeUndefined();
});
