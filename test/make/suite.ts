import { afterAll } from 'vitest';
import { testRoom } from '../repository.ts';
import { type TestWorld, worldOf } from './world.ts';

/** A user and a folder for repositories, for all tests of a file; both are gone afterwards. */
export function aSuite(): { readonly room: ReturnType<typeof testRoom>; readonly world: TestWorld } {
  const [room, world] = [testRoom(), worldOf()];
  afterAll(async () => {
    await world.remove();
    room.remove();
  });
  return { room, world };
}
