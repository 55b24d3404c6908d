import type * as NodeCrypto from 'node:crypto';

/** Node's crypto module, loaded when it is first used: that takes longer than much of what `list` does. */
export function nodeCrypto(): typeof NodeCrypto {
  return process.getBuiltinModule('node:crypto');
}
