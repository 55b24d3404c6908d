import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { testRoom } from '../../../test/repository.ts';
import { openGit } from './git.ts';
import { historyPorts } from './history-ports.ts';

const room = testRoom();
afterAll(room.remove);
afterEach(vi.unstubAllEnvs);

test('attributes that this machine has for everybody say nothing of a history', async () => {
  const program = join(room.dir, 'git');
  writeFileSync(program, '#!/bin/sh\nif [ "$2" = log ]; then echo "$GIT_ATTR_NOSYSTEM"; fi\n');
  chmodSync(program, 0o755);
  vi.stubEnv('PATH', `${room.dir}:${process.env['PATH']}`);
  const ports = historyPorts(openGit({ dir: room.dir, trusted: false }));
  expect(await ports.git(['log'])).toMatchObject({ ok: true, value: { stdout: '1\n' } });
  let told = '';
  for await (const chunk of ports.gitStream(['log']).chunks) told += chunk;
  expect(told).toBe('1\n');
});
