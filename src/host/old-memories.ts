import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

/** Milliseconds: nobody asked for it in 12 weeks; a file that was begun a day ago is written by nobody any more. */
const unused = 12 * 7 * 86_400_000;
const abandoned = 86_400_000;
/** Bytes of all memories together. */
const most = 2 ** 30;

/** The time of a file's last change tells when it was used last; one that cannot be written is never swept either. */
export function markUsed(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // What it remembers is as good without.
  }
}

/** Removes what nobody used for long, then what was used longest ago until the rest is small enough; never fails. */
export function forgetOld(folder: string, bytes = most): void {
  const files = filesIn(folder).toSorted((a, b) => b.at - a.at);
  let kept = 0;
  for (const { path, size, at } of files) {
    kept += size;
    const isOld = Date.now() - at > (path.endsWith('.tmp') ? abandoned : unused);
    if (isOld || kept > bytes) rmSync(path, { force: true });
  }
}

function filesIn(folder: string) {
  const names = readdirSync(folder).filter((name) => /\.(?:history|tmp)$/.test(name));
  return names.flatMap((name) => {
    const path = join(folder, name);
    // Another process may have removed it meanwhile.
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined ? [] : [{ path, size: found.size, at: found.mtimeMs }];
  });
}
