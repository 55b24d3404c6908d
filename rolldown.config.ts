import { defineConfig } from 'rolldown';
import { asciiOnly } from './scripts/ascii-only.ts';
import { thirdPartyLicences } from './scripts/third-party-licences.ts';

// Loading a bundle is ten times faster than loading the files of kysely and zod one by one, and start-up is a promise.
// Drivers that most commands never touch stay outside and are loaded when they are used. As CommonJS, because Node loads
// that faster than ES modules, and then not every getter of the built-in modules it imports is called.

const external = [/^node:/, 'pg', 'playwright-core'];

export default defineConfig([
  {
    input: { main: 'src/main.ts', program: 'src/program.ts', 'reading-thread': 'src/host/ledger/reading-thread.ts' },
    platform: 'node',
    external,
    // A package's ES module first: what a CommonJS wrapper requires by a name of its own cannot be bundled.
    resolve: { mainFields: ['module', 'main'] },
    plugins: [asciiOnly(), thirdPartyLicences()],
    output: {
      dir: 'dist',
      cleanDir: true,
      format: 'cjs',
      // An `import()` of Node's own modules would warn of an experiment from code that was kept.
      dynamicImportInCjs: false,
      entryFileNames: '[name].cjs',
      chunkFileNames: 'chunk-[hash].cjs',
      // Names stay: what goes wrong inside is told with them.
      minify: { compress: true, mangle: false, codegen: true },
    },
  },
  {
    input: { index: 'src/index.ts', testing: 'src/testing/index.ts' },
    platform: 'node',
    external: [...external, /^[a-z@]/],
    output: { dir: 'dist/lib', format: 'esm', chunkFileNames: 'chunk-[hash].js' },
  },
]);
