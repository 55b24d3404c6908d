import { setFlagsFromString } from 'node:v8';

/**
 * V8 lets a heap grow to several times what is alive as long as the machine has room: here at most to twice that, and the
 * space for what is new stays as it is by now. Both are read at each collection, so they work in a running program.
 */
export function keepHeapLean(): void {
  setFlagsFromString('--heap-growing-percent=100');
  setFlagsFromString('--semi-space-growth-factor=1');
  // V8 takes code for its own only under the flags that it was compiled under: they are what they were when it is kept.
  process.prependOnceListener('exit', asV8Comes);
}

function asV8Comes(): void {
  setFlagsFromString('--heap-growing-percent=0');
  setFlagsFromString('--semi-space-growth-factor=2');
}
