import { mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { type Happening, opencodePieces, writers } from '../../../test/make/sessions.ts';
import { testRoom } from '../../../test/repository.ts';
import { auditFile } from '../../ops/auditing/audit-file.ts';
import { transcripts } from '../../plugins/transcripts/index.ts';
import { transcriptFilesIn } from './find.ts';

const room = testRoom();
afterAll(() => room.remove());

const session =
  writers['claude-code']?.write([
    { runs: 'vitest run', output: 'Tests  3 passed (3)', exit: 0 },
    { says: 'All tests pass.' },
  ]) ?? '';

async function foundIn(...paths: readonly string[]) {
  const found: { name: string; why?: string; verdicts?: readonly string[]; skipped?: number }[] = [];
  for await (const file of transcriptFilesIn(room.dir).find(paths)) {
    if ('why' in file) {
      found.push({ name: file.name, why: file.why });
      continue;
    }
    const verdicts: string[] = [];
    const read = await auditFile(file, transcripts, ({ verdict }) => void verdicts.push(verdict));
    found.push({ name: file.name, ...(read !== undefined && { verdicts, skipped: read.skipped }) });
  }
  return found;
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(join(room.dir, path, '..'), { recursive: true });
  writeFileSync(join(room.dir, path), content);
}

test('a folder: sessions by content, whatever they are called; links out of it are not followed', async () => {
  write('secret/session.jsonl', session);
  write('a/deep/down.txt', session);
  write('a/picture.jsonl', new Uint8Array([0, 1, 2, 0]));
  write('a/notes.md', '# Notes\n\nAll tests pass.\n');
  write('a/node_modules/x/session.jsonl', session);
  symlinkSync(join(room.dir, 'secret'), join(room.dir, 'a/out'));
  symlinkSync(join(room.dir, 'secret/session.jsonl'), join(room.dir, 'a/out.jsonl'));
  symlinkSync('deep/down.txt', join(room.dir, 'a/twin.txt'));
  symlinkSync('.', join(room.dir, 'a/loop'));
  expect(await foundIn('a')).toEqual([
    { name: 'a/deep/down.txt', verdicts: ['supported'], skipped: 0 },
    { name: 'a/notes.md' },
    { name: 'a/out', why: 'a link out of the folder is not followed' },
    { name: 'a/out.jsonl', why: 'a link out of the folder is not followed' },
    { name: 'a/picture.jsonl' },
  ]);
  expect(await foundIn('nowhere')).toMatchObject([
    { name: 'nowhere', why: expect.stringContaining('ENOENT') as string },
  ]);
});

test('damaged and endless lines are passed over and counted, and make what follows them no lie', async () => {
  const failing = { runs: 'vitest run', output: 'Tests  1 failed | 2 passed (3)', exit: 1 };
  const [before = '', after = ''] = [[failing], [{ says: 'All tests pass.' }]].map((part) =>
    writers['claude-code']?.write(part),
  );
  write('b/whole.jsonl', before + after);
  write('b/damaged.jsonl', `${before}{"type":"user","mess\n{]\n${after}`);
  write('b/endless.jsonl', `${before}{"type":"user","text":"${'x'.repeat(50 * 1024 * 1024)}"}\n${after}`);
  expect(await foundIn('b/whole.jsonl', 'b/damaged.jsonl', 'b/endless.jsonl')).toEqual([
    { name: 'b/whole.jsonl', verdicts: ['contradicted'], skipped: 0 },
    { name: 'b/damaged.jsonl', verdicts: ['disputed'], skipped: 2 },
    { name: 'b/endless.jsonl', verdicts: ['disputed'], skipped: 1 },
  ]);
});

test('conversations of one array, cut where one ends and the next begins', async () => {
  const write1 = writers['chatgpt']?.write ?? (() => '');
  const one = (says: string) => write1([{ says }]).slice(1, -1);
  const brackets = one('In ]}[{ "quoted \\" brackets all tests pass.');
  write('c/conversations.json', `[${brackets},\n ${one('All tests pass.')}]`);
  expect(await foundIn('c')).toMatchObject([{ name: 'c/conversations.json', skipped: 0 }]);
  expect((await foundIn('c'))[0]?.verdicts).toContain('unsupported');
});

test('checkpoint branches of a repository, bare or not', async () => {
  const repository = room.repository('work');
  repository.commit('first', { 'a.txt': 'a' });
  repository.git('checkout', '--quiet', '--orphan', 'entire/checkpoints/v1');
  repository.commit('checkpoint', { 'ab/cdef/0/full.jsonl': session, 'ab/cdef/0/prompt.txt': 'do it' });
  repository.git('checkout', '--quiet', 'main');
  const bare = join(room.dir, 'bare.git');
  repository.git('clone', '--quiet', '--bare', '.', bare);
  const at = 'entire/checkpoints/v1:ab/cdef/0/full.jsonl';
  expect(await foundIn(repository.dir)).toContainEqual({
    name: `${repository.dir} ${at}`,
    verdicts: ['supported'],
    skipped: 0,
  });
  expect(await foundIn('bare.git')).toEqual([{ name: `bare.git ${at}`, verdicts: ['supported'], skipped: 0 }]);
});

/** As OpenCode 1.1 writes it, by the code of its store and by what it left on disk. */
function writeStore(store: string, id: string, happenings: readonly Happening[]): void {
  let message = '';
  for (const piece of opencodePieces(happenings) as readonly { readonly id: string }[]) {
    const text = JSON.stringify({ ...piece, ...(piece.id === 'ses_1' && { id }) }, null, 2);
    if (piece.id.startsWith('msg_')) message = piece.id.replace('msg_', `msg_${id}`);
    if (piece.id.startsWith('ses_')) write(`${store}/session/p1/${id}.json`, text);
    else if (piece.id.startsWith('msg_')) write(`${store}/message/${id}/${message}.json`, text);
    else write(`${store}/part/${message}/${piece.id}.json`, text);
  }
}

const fails: Happening = { runs: 'vitest run', output: 'Tests  1 failed | 2 passed (3)', exit: 1 };

test('the store of OpenCode: many small files are one session', async () => {
  writeStore('d', 'ses_a', [fails, { says: 'All tests pass.' }]);
  writeStore('d', 'ses_b', [{ ...fails, output: 'Tests  3 passed (3)', exit: 0 }, { says: 'All tests pass.' }]);
  write('d/part/msg_ses_b1/.oc-prt_2.json.tmp', 'half a fi');
  expect(await foundIn('d')).toEqual([
    { name: 'd/message/ses_a', verdicts: ['contradicted'], skipped: 0 },
    { name: 'd/message/ses_b', verdicts: ['supported'], skipped: 0 },
    { name: 'd/session/p1/ses_a.json' },
    { name: 'd/session/p1/ses_b.json' },
  ]);
});

test('what is damaged in a store, missing or a link is counted, and nothing is called a lie behind it', async () => {
  writeStore('e', 'ses_a', [fails, { says: 'All tests pass.' }]);
  write('e/part/msg_ses_a0/prt_00.json', '{"type": "te');
  writeStore('f', 'ses_b', [fails, { says: 'All tests pass.' }]);
  symlinkSync(join(room.dir, 'secret/session.jsonl'), join(room.dir, 'f/part/msg_ses_b0/prt_00.json'));
  symlinkSync(join(room.dir, 'e/message/ses_a'), join(room.dir, 'f/message/ses_c'));
  const found = (await foundIn('e', 'f')).filter(({ name }) => name.includes('message'));
  expect(found).toEqual([
    { name: 'e/message/ses_a', verdicts: ['disputed'], skipped: 1 },
    { name: 'f/message/ses_b', verdicts: ['disputed'], skipped: 1 },
    { name: 'f/message/ses_c', why: 'no folder of messages; links are not followed here' },
  ]);
});

test('the store of OpenCode 0.5 has a folder more', async () => {
  writeStore('g', 'ses_a', [fails, { says: 'All tests pass.' }]);
  for (const message of ['msg_ses_a0', 'msg_ses_a1']) moveTo(`g/part/${message}`, `g/part/ses_a/${message}`);
  moveTo('g/session/p1', 'g/info');
  expect(await foundIn('g')).toContainEqual({ name: 'g/message/ses_a', verdicts: ['contradicted'], skipped: 0 });
});

/** As OpenCode 1.18 makes it, as far as it is read. */
function database(path: string, sessions: Readonly<Record<string, readonly Happening[]>>): DatabaseSync {
  mkdirSync(join(room.dir, path, '..'), { recursive: true });
  const db = new DatabaseSync(join(room.dir, path));
  db.exec(`pragma journal_mode = wal;
    create table session (id text primary key, parent_id text);
    create table message (id text primary key, session_id text, time_created integer, data text);
    create table part (id text primary key, message_id text, data text)`);
  for (const [id, happenings] of Object.entries(sessions)) {
    let message = '';
    db.prepare('insert into session values (?, null)').run(id);
    for (const [at, { id: own, ...rest }] of (
      opencodePieces(happenings) as readonly { readonly id: string }[]
    ).entries()) {
      if (own.startsWith('msg_')) {
        message = `msg_${id}${100 - at}`;
        db.prepare('insert into message values (?, ?, ?, ?)').run(message, id, at, JSON.stringify(rest));
      } else if (own.startsWith('prt_'))
        db.prepare('insert into part values (?, ?, ?)').run(`prt_${id}${at}`, message, JSON.stringify(rest));
    }
  }
  return db;
}

test('the database of OpenCode: every session of it, with what its log holds, and nothing is left beside it', async () => {
  const story: readonly Happening[] = [{ person: 'Go.' }, fails, { says: 'All tests pass.' }];
  const open = database('h/opencode.db', { ses_a: story, ses_b: [{ ...fails, exit: 0 }] });
  const expected = [
    { name: 'h/opencode.db ses_a', verdicts: ['contradicted'], skipped: 0 },
    { name: 'h/opencode.db ses_b', verdicts: [], skipped: 0 },
  ];
  expect((await foundIn('h/opencode.db')).slice(0, 2)).toEqual(expected);
  open.close();
  expect(await foundIn('h')).toEqual(expected);
  expect(readdirSync(join(room.dir, 'h'))).toEqual(['opencode.db']);
});

test('the messages of OpenCode 2, where there are no others', async () => {
  const db = database('j/opencode.db', { ses_a: [], ses_b: [{ says: 'Lint is clean.' }] });
  db.exec('create table session_message (id text primary key, session_id text, type text, seq integer, data text)');
  const insert = db.prepare('insert into session_message values (?, ?, ?, ?, ?)');
  const state = {
    status: 'completed',
    input: { command: 'npx vitest run' },
    structured: { exit: 1, truncated: false },
    content: [{ type: 'text', text: 'Tests  1 failed | 2 passed (3)' }],
  };
  const says = JSON.stringify({ model: { id: 'm' }, content: [{ type: 'text', id: 't', text: 'All tests pass.' }] });
  insert.run('msg_1', 'ses_a', 'assistant', 3, says);
  insert.run('msg_2', 'ses_a', 'user', 1, JSON.stringify({ text: 'Go.' }));
  insert.run(
    'msg_3',
    'ses_a',
    'assistant',
    2,
    JSON.stringify({ content: [{ type: 'tool', id: 'c', name: 'shell', state }] }),
  );
  insert.run('msg_4', 'ses_b', 'assistant', 1, says);
  db.close();
  expect(await foundIn('j')).toEqual([
    { name: 'j/opencode.db ses_a', verdicts: ['contradicted'], skipped: 0 },
    { name: 'j/opencode.db ses_b', verdicts: ['unsupported'], skipped: 0 },
  ]);
});

test('a row that is damaged is counted; a database of something else, a broken one and a linked log are none', async () => {
  const db = database('i/a.db', { ses_a: [fails, { says: 'All tests pass.' }] });
  db.exec(`insert into part select 'prt_ses_a3', message_id, '{"type": "te' from part limit 1`);
  db.close();
  const other = database('i/b.db', {});
  other.exec('drop table part');
  other.close();
  write('i/c.db', `SQLite format 3\0${'x'.repeat(5000)}`);
  database('i/d.db', { ses_d: [] }).close();
  write('other-log', '');
  symlinkSync(join(room.dir, 'other-log'), join(room.dir, 'i/d.db-wal'));
  expect(await foundIn('i')).toEqual([
    { name: 'i/a.db ses_a', verdicts: ['disputed'], skipped: 1 },
    { name: 'i/b.db' },
    { name: 'i/c.db', why: 'file is not a database' },
    { name: 'i/d.db', why: 'its log is a link, which is not followed' },
    { name: 'i/d.db-wal', why: 'a link out of the folder is not followed' },
  ]);
});

function moveTo(from: string, to: string): void {
  mkdirSync(join(room.dir, to, '..'), { recursive: true });
  renameSync(join(room.dir, from), join(room.dir, to));
}
