import { defineConfig } from '@apms/deploy';

/**
 * The targets of the deploy tool. A URL comes from the environment and is never written here; without one the target is
 * an embedded PostgreSQL below `.apms/`, except in CI.
 */
export default defineConfig({
  targets: {
    production: { urlVariable: 'PRODUCTION_DATABASE_URL', rehearsalUrlVariable: 'PRODUCTION_REHEARSAL_URL' },
    staging: { urlVariable: 'STAGING_DATABASE_URL', rehearsalUrlVariable: 'STAGING_REHEARSAL_URL' },
  },
});
