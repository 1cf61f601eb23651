import { defineConfig } from 'vitest/config';
import { hasServer } from './packages/db/src/testing/has-server.ts';

const withDatabase = [
  'packages/*/test/**/*.test.ts',
  'apps/*/test/**/*.test.ts',
  'tooling/*/test/**/*.test.ts',
];
const setUps = './packages/db/src/testing';

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    teardownTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'tooling/*/src/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'embedded', include: withDatabase, globalSetup: `${setUps}/embedded-set-up.ts` },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: withDatabase,
          globalSetup: `${setUps}/server-set-up.ts`,
          // Without a server the suites are reported as skipped, by name, instead of missing.
          ...(hasServer() ? {} : { runner: `${setUps}/skip-runner.ts` }),
        },
      },
    ],
  },
});
