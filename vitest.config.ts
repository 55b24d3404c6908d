import { defineConfig } from 'vitest/config';

/** `unit`: fast and alone. `system`: real git, processes, PostgreSQL, browser, registry. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,test,bench}/**/*.test.ts'],
          exclude: ['**/*.system.test.ts'],
        },
      },
      {
        test: {
          name: 'system',
          include: ['{src,test,bench}/**/*.system.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
