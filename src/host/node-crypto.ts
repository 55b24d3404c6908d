/** Node's crypto module, loaded when it is first used: that takes longer than all else a command such as `list` does. */
export function nodeCrypto(): typeof import('node:crypto') {
  return process.getBuiltinModule('node:crypto');
}
