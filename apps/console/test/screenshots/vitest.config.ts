import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** For `pnpm screenshots`: the database and the built pages are those of the tests. */
export default defineConfig({
  root: at('../../../..'),
  test: {
    include: ['apps/console/test/screenshots/take-screenshots.ts'],
    globalSetup: [
      at('../../../../packages/db/src/testing/embedded-set-up.ts'),
      at('../support/build-console.ts'),
    ],
    testTimeout: 600_000,
    hookTimeout: 240_000,
  },
});
