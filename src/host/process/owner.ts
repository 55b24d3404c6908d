import { lstatSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { processIdentity } from './process-tree.ts';

/** Whose a temporary folder is, so that it is known as abandoned once that process is gone. */
interface Owner {
  readonly machine: string;
  /** Identity beyond the reuse of its id. */
  readonly process: string;
  /** Of the run that it serves; empty when it serves none. */
  readonly mark: string;
}

const ownerFile = 'owner';

export function writeOwner(folder: string, mark = ''): void {
  const owner: Owner = { machine: thisMachine(), process: processIdentity(process.pid) ?? '', mark };
  writeFileSync(join(folder, ownerFile), JSON.stringify(owner));
}

/**
 * The owner of a folder of this user whose process on this machine is gone. Undefined when that is not certain: without
 * its owner file a folder may be just being made, and elsewhere process ids mean something else.
 */
export function goneOwnerOf(folder: string): Owner | undefined {
  const owner = readOwner(folder);
  if (owner === undefined || owner.machine !== thisMachine()) return undefined;
  return processIdentity(Number.parseInt(owner.process, 10)) === owner.process ? undefined : owner;
}

function readOwner(folder: string): Owner | undefined {
  try {
    const stat = lstatSync(folder);
    if (!stat.isDirectory() || stat.uid !== (process.geteuid?.() ?? stat.uid)) return undefined;
    const read: unknown = JSON.parse(readFileSync(join(folder, ownerFile), 'utf8'));
    return isOwner(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

/** A mark that is part of others' would end their processes. */
function isOwner(value: unknown): value is Owner {
  if (typeof value !== 'object' || value === null) return false;
  const { machine, process: identity, mark } = value as Record<string, unknown>;
  const known = typeof machine === 'string' && typeof identity === 'string' && /^\d+@\d*$/.test(identity);
  return known && typeof mark === 'string' && /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/.test(mark);
}

/** Process ids mean something only within one name space of them. */
export function thisMachine(): string {
  return `${hostname()} ${process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid') : ''}`;
}
