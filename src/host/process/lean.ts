import { cachedDataVersionTag, setFlagsFromString } from 'node:v8';

/**
 * Flags of V8, and what they are by themselves. All are read again whenever they matter, so they work in a running
 * program.
 */
const flags: readonly { readonly lean: string; readonly own: readonly string[] }[] = [
  // A heap grows to at most twice what is alive, and not to several times that as long as the machine has room.
  { lean: '--heap-growing-percent=100', own: ['--heap-growing-percent=0'] },
  // The space for what is new stays as it is by now.
  { lean: '--semi-space-growth-factor=1', own: ['--semi-space-growth-factor=2'] },
  // Threads that collect and optimise take more from the programs beside this one than they give.
  { lean: '--no-parallel-scavenge', own: ['--parallel-scavenge'] },
  {
    lean: '--invocation-count-for-turbofan=100000',
    // With V8's middle compiler, and without.
    own: ['--invocation-count-for-turbofan=10000', '--invocation-count-for-turbofan=3000'],
  },
];

/** From here on the program takes little memory, and leaves the processors to those that it reads from. */
export function runLean(): void {
  const tag = cachedDataVersionTag();
  for (const { lean } of flags) setFlagsFromString(lean);
  // V8 takes code for its own only under the flags that it was compiled under: they are what they were when it is kept.
  process.prependOnceListener('exit', () => {
    for (const own of flags.flatMap((flag) => flag.own)) if (cachedDataVersionTag() !== tag) setFlagsFromString(own);
  });
}
