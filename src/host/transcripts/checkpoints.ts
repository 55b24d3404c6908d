import { FactumError } from '../../core/errors.ts';
import type { TranscriptFile, Unread } from '../../core/transcript/file.ts';
import type { Git } from '../git/git.ts';
import { openRepository } from '../git/repository.ts';
import { headOfStream, piecesOf } from './pieces.ts';

const branches = ['refs/heads/entire/', 'refs/remotes/*/entire/'];
const session = /^(?:.*\/)?full\.jsonl(?:\.\d+)?$/;

/** Sessions that Entire keeps on branches of a repository: `entire/checkpoints/v1`, here or as fetched from a remote. */
export async function* checkpointsIn(shown: string, dir: string): AsyncGenerator<TranscriptFile | Unread> {
  const git = await gitOf(dir);
  if (git === undefined) return;
  const refs = await git.run(['for-each-ref', '--format=%(refname)', ...branches]);
  if (!refs.ok || refs.value.exit !== 0) return;
  const seen = new Set<string>();
  for (const ref of refs.value.stdout.split('\n').filter((line) => line !== '')) {
    const listed = await git.run(['ls-tree', '-r', '-z', ref]);
    if (!listed.ok || listed.value.exit !== 0) {
      yield { name: `${shown} ${ref}`, why: listed.ok ? listed.value.stderr.trim() : listed.message };
      continue;
    }
    for (const entry of listed.value.stdout.split('\0')) {
      const [, object = '', path = ''] = /^\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(entry) ?? [];
      if (object === '' || !session.test(path) || seen.has(object)) continue;
      seen.add(object);
      yield blob(git, object, `${shown} ${ref.replace(/^refs\/(?:heads|remotes)\//, '')}:${path}`);
    }
  }
}

async function gitOf(dir: string): Promise<Git | undefined> {
  try {
    const { git, dir: top, commonDir } = await openRepository(dir, { trusted: false, historyOnly: true });
    // A folder within a repository is asked about by itself.
    return dir === top || dir === commonDir ? git : undefined;
  } catch (thrown) {
    if (thrown instanceof FactumError) return undefined;
    throw thrown;
  }
}

function blob(git: Git, object: string, name: string): TranscriptFile {
  return {
    name,
    head: () => headOfStream(bytesOf(git, object)),
    pieces: (framing) => piecesOf(bytesOf(git, object), framing),
  };
}

/** Throws where git does not have all of it. */
async function* bytesOf(git: Git, object: string): AsyncGenerator<Buffer> {
  const { chunks, ended, stop } = git.stream(['cat-file', 'blob', object]);
  let whole = false;
  try {
    for await (const chunk of chunks) yield Buffer.from(chunk, 'latin1');
    const answer = await ended;
    if (!answer.ok) throw new Error(answer.message);
    if (answer.value.exit !== 0) throw new Error(answer.value.stderr.trim());
    whole = true;
  } finally {
    if (!whole) stop();
  }
}
