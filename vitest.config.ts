import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { hasServer } from './packages/db/src/testing/has-server.ts';

const pure = ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'tooling/*/src/**/*.test.ts'];
const withDatabase = [
  'packages/*/test/**/*.test.ts',
  'apps/api/test/**/*.test.ts',
  'tooling/*/test/**/*.test.ts',
  'examples/*/test/**/*.test.ts',
];
const outputFile = process.env['TEST_REPORT_FILE'];
const report: ['json', { outputFile: string }][] = outputFile === undefined ? [] : [['json', { outputFile }]];
const annotations = process.env['GITHUB_ACTIONS'] === 'true' ? ['github-actions'] : [];
const setUps = './packages/db/src/testing';

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 3,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    teardownTimeout: 60_000,
    reporters: ['default', ...annotations, ...report],
    projects: [
      { extends: true, test: { name: 'unit', include: pure } },
      {
        extends: true,
        test: { name: 'embedded', include: withDatabase, globalSetup: `${setUps}/embedded-set-up.ts` },
      },
      {
        extends: true,
        test: {
          name: 'console',
          include: ['apps/console/test/**/*.test.ts'],
          // As long as the browser is waited for.
          expect: { poll: { timeout: 15_000 } },
          globalSetup: [`${setUps}/embedded-set-up.ts`, './apps/console/test/support/build-console.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: withDatabase,
          // These start embedded servers of their own, whatever the project.
          exclude: ['packages/db/test/embedded*.test.ts'],
          globalSetup: `${setUps}/server-set-up.ts`,
          // Without a server the suites are reported as skipped, by name, instead of missing.
          ...(hasServer()
            ? {}
            : {
                runner: fileURLToPath(new URL('./packages/db/src/testing/skip-runner.ts', import.meta.url)),
              }),
        },
      },
    ],
  },
});
