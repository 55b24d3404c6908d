import { loadCompiled } from '../src/compiled-code.ts';

// Runs a bundle as `main.ts` runs the program: with the code that an earlier run compiled. Its own arguments come first.

const [bundle = '', kept] = process.argv.slice(-2);
loadCompiled(bundle, kept);
