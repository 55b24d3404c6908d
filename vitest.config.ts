import { defineConfig } from 'vitest/config';

/**
 * `unit`: fast and alone. `system`: real git, processes, PostgreSQL, registry. `browser`: a real Chromium, with the
 * machine to itself, because a page has only so much time to show something.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles: ['test/law-seed.ts'],
          include: ['{src,test,bench}/**/*.test.ts'],
          exclude: ['**/*.{system,browser}.test.ts'],
          // Most of these files take less time than loading zod and fast-check anew for each of them.
          isolate: false,
          maxWorkers: '100%',
          // Laws of a thousand runs take seconds on a busy machine; time alone fails no test.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'system',
          setupFiles: ['test/law-seed.ts'],
          include: ['{src,test,bench}/**/*.system.test.ts'],
          // They wait for other programs most of the time.
          maxWorkers: 2,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'browser',
          setupFiles: ['test/law-seed.ts'],
          include: ['{src,test,bench}/**/*.browser.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
