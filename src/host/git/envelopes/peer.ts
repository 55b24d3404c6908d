import { FactumError } from '../../../core/errors.ts';
import type { EnvelopePeer, EnvelopeSource, Shelf, Unread } from '../../../core/ledger/peer.ts';
import { maxEntryBytes } from '../../../core/ledger/bundle.ts';
import { nodeCrypto } from '../../node-crypto.ts';
import type { Git } from '../git.ts';
import type { Repository } from '../repository.ts';
import type { ObjectFormat } from '../tree-object.ts';
import { readObjects } from './objects.ts';
import { chooseRemote, type EnvelopeRemote, envelopeRemote, envelopesRef } from './remote.ts';
import { must, readEnvelopeTree, writeCommit, writeEnvelopes, writeEnvelopeTree } from './tree.ts';

/** Attempts before the other end is believed to refuse what another clone has not just been faster with. */
const mostRefusals = 3;
const mostFetches = 20;

/** Throws NO_REPOSITORY, NO_REMOTE. */
export async function openPeer(repository: Repository | undefined, named: string | undefined): Promise<EnvelopePeer> {
  if (repository === undefined) throw new FactumError('NO_REPOSITORY', 'envelopes travel through a git remote');
  const { git, branch } = repository;
  return envelopePeer(git, envelopeRemote(git, await chooseRemote(git, named, branch)));
}

/** Envelopes under `refs/factum/envelopes` of a git remote. Touches no working tree and no ref but its own. */
function envelopePeer(git: Git, remote: EnvelopeRemote): EnvelopePeer {
  const seenRef = `refs/factum/remotes/${nodeCrypto().hash('sha256', remote.name).slice(0, 16)}`;
  let refusals = 0;

  async function pointedAt(ref: string): Promise<string | undefined> {
    const output = await must(git, ['for-each-ref', '--format=%(objectname) %(objecttype)', ref]);
    const [id, kind] = output.trim().split(' ');
    return kind === 'commit' ? id : undefined;
  }

  /** What the remote has is here afterwards. */
  async function bring(): Promise<string | undefined> {
    for (let attempt = 0; attempt < mostFetches; attempt++) {
      const tip = await remote.tip();
      if (tip === undefined) return undefined;
      if (tip === (await pointedAt(seenRef)) || (await remote.fetch(seenRef))) {
        const here = await pointedAt(seenRef);
        if (here !== undefined) return here;
        throw new FactumError('REMOTE_REFUSED', `${envelopesRef} of remote ${remote.name} is no commit`);
      }
      await pause(attempt);
    }
    throw new FactumError('REMOTE_UNREACHABLE', `remote ${remote.name}: ${envelopesRef} could not be fetched`);
  }

  async function look(): Promise<Shelf> {
    const format: ObjectFormat =
      (await must(git, ['rev-parse', '--show-object-format'])).trim() === 'sha256' ? 'sha256' : 'sha1';
    const own = await pointedAt(envelopesRef);
    const tip = await bring();
    const there = tip === undefined ? nothing : await readEnvelopeTree(git, tip, format);
    const before = own === undefined ? nothing : await readEnvelopeTree(git, own, format);
    const isChecked = (name: string): boolean => before.files.get(name) === there.files.get(name);

    /** Moves our own refs; where another process was faster, what it knows is as good. */
    async function remember(commit: string): Promise<void> {
      await git.run(['update-ref', envelopesRef, commit, ...(own === undefined ? [] : [own])]);
      await git.run(['update-ref', seenRef, commit]);
    }

    async function offer(envelopes: EnvelopeSource, bad: ReadonlySet<string>): Promise<'same' | 'taken' | 'moved'> {
      const kept = new Map([...there.files].filter(([name]) => !bad.has(name)));
      const missing = envelopes.names.filter((name) => !kept.has(name));
      const isClean = there.refused.length === 0 && kept.size === there.files.size;
      if (missing.length === 0 && isClean) {
        if (tip !== undefined && tip !== own) await remember(tip);
        return 'same';
      }
      const written = await writeEnvelopes(git, { ...envelopes, names: missing });
      const tree = await writeEnvelopeTree(git, new Map([...kept, ...written]));
      const commit = await writeCommit(git, tree, tip);
      const said = await remote.push(commit);
      if (said === undefined) {
        await remember(commit);
        return 'taken';
      }
      refusals = (await remote.tip()) === tip ? refusals + 1 : 0;
      if (refusals >= mostRefusals) {
        throw new FactumError('REMOTE_REFUSED', `remote ${remote.name} does not take ${envelopesRef}: ${said}`);
      }
      await pause(refusals);
      return 'moved';
    }

    return {
      names: new Set(there.files.keys()),
      left: new Set([...before.files.keys()].filter((name) => !there.files.has(name))),
      checked: new Set([...there.files.keys()].filter(isChecked)),
      refused: there.refused,
      read: (names) => readEnvelopes(git, new Map([...before.files, ...there.files]), names),
      offer,
    };
  }

  return { name: remote.name, look };
}

const nothing = { files: new Map<string, string>(), refused: [] } as const;

async function readEnvelopes(
  git: Git,
  files: ReadonlyMap<string, string>,
  names: readonly string[],
): Promise<readonly (Uint8Array | Unread)[]> {
  const ids = names.map((name) => files.get(name) ?? '');
  const objects = await readObjects(git, ids, { kind: 'blob', maxBytes: maxEntryBytes });
  return objects.map(({ kind, content }) => {
    if (content !== undefined) return Buffer.from(content, 'latin1');
    return kind === 'blob' ? 'too-large' : 'missing';
  });
}

/** Random, so that several that wait for each other do not meet again. */
function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.random() * Math.min(2000, 50 * 2 ** attempt));
  });
}
