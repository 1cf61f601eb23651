export { type AcquiredDatabaseUrl, acquireDatabaseUrl } from './acquire-database-url.ts';
export { deployMigrations } from './deploy-migrations.ts';
