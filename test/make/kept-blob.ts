import { hash } from 'node:crypto';

const [salt, bytes] = [Buffer.from('salt'), Buffer.from('green.')];
const digest = hash('sha256', Buffer.concat([salt, bytes]));

/** What a look kept. */
export const keptArtifact = { digest, bytes: bytes.length, mediaType: 'text/plain', name: 'output.txt' };

const path = `blobs/${digest.slice(0, 2)}/${digest}`;

/** Its files in a store; the mark stands there when it was erased. */
export const blobFiles = {
  bytes: [path, bytes],
  salt: [`${path}.salt`, salt],
  mark: [`${path}.erased`, Buffer.alloc(0)],
} as const;
