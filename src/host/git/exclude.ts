import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isErrno } from '../../core/errno.ts';
import { forAll, makeFolder } from '../make-folder.ts';
import { replaceFile } from '../replace-file.ts';

// What git does not see in this clone; `.gitignore`, which teams commit, is not touched.

/** @param path Relative to the repository. */
export async function exclude(commonDir: string, path: string): Promise<void> {
  const text = await listIn(commonDir);
  if (text.split('\n').includes(`/${path}`)) return;
  await writeList(commonDir, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${blockOf(path)}`);
}

/** Takes away what `exclude` added. */
export async function include(commonDir: string, path: string): Promise<void> {
  const text = await listIn(commonDir);
  if (text.includes(blockOf(path))) await writeList(commonDir, text.replace(blockOf(path), ''));
}

function blockOf(path: string): string {
  return `# by factum: this machine's own\n/${path}\n`;
}

async function listIn(commonDir: string): Promise<string> {
  try {
    return await readFile(placeIn(commonDir), 'utf8');
  } catch (cause) {
    if (isErrno(cause, 'ENOENT')) return '';
    throw cause;
  }
}

async function writeList(commonDir: string, text: string): Promise<void> {
  makeFolder(dirname(placeIn(commonDir)), forAll);
  await replaceFile(placeIn(commonDir), text);
}

function placeIn(commonDir: string): string {
  return join(commonDir, 'info', 'exclude');
}
