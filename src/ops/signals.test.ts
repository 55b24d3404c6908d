import { expect, test } from 'vitest';
import type { ReadContext } from '../core/operation.ts';
import { signals as all } from '../plugins/signals/index.ts';
import { clip } from '../report/terminal/paper.ts';
import { signals } from './signals.ts';

async function found(signal?: string): Promise<readonly string[]> {
  const context = { signals: () => Promise.resolve(all) } as unknown as ReadContext;
  const answer = await signals.run(context, signal === undefined ? {} : { signal });
  const { signals: given } = signals.output.parse(answer) as { signals: readonly { readonly id: string }[] };
  return given.map(({ id }) => id);
}

test('each is found by its id, its title, and its title as tables cut it', async () => {
  expect(await found()).toHaveLength(all.length);
  for (const { id, title } of all) {
    for (const name of [id, title, title.toUpperCase(), clip(title, 24), `${title.slice(0, 22)} ...`])
      expect(await found(name), name).toEqual([id]);
  }
});

function beginning(id: string): string {
  return id.slice(0, 2);
}

test('a beginning of several names them, and a word of none what it may mean', async () => {
  const { id } = all.find((one) => all.some((other) => other !== one && other.id.startsWith(beginning(one.id))))!;
  await expect(found(beginning(id))).rejects.toMatchObject({
    code: 'SIGNAL_NOT_FOUND',
    message: expect.stringMatching(new RegExp(`^${beginning(id)}: expected one of .*${id}`)),
  });
  await expect(found('…')).rejects.toMatchObject({ code: 'SIGNAL_NOT_FOUND' });
  await expect(found('hotspost')).rejects.toMatchObject({ message: expect.stringContaining('did you mean') });
});
