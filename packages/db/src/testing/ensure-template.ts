import { createHash } from 'node:crypto';
import { Client, type ClientBase } from 'pg';
import { applyMigration } from './apply-migration.ts';
import { databasePrefix } from './database-name.ts';
import { databaseUrl } from './database-url.ts';
import { readMigrations } from './read-migrations.ts';
import type { TestServer } from './test-server.ts';

/** What a test database starts with: nothing, all migrations, or the first so many. */
export type Template = 'empty' | 'migrated' | { readonly migrations: number };

/** Builds a run's template on its server unless another worker has; returns the template database's name. */
export async function ensureTemplate(
  admin: ClientBase,
  server: TestServer,
  template: Template,
): Promise<string> {
  if (template === 'empty') return 'template0';
  const all = await readMigrations();
  const migrations = template === 'migrated' ? all : all.slice(0, template.migrations);
  const content = createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 12);
  const name = `${databasePrefix(server.runId)}template_${content}`;
  const unfinished = `${name}_unfinished`;

  await admin.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 1) return name;
    await admin.query(`drop database if exists ${unfinished} with (force)`);
    await admin.query(`create database ${unfinished} template template0`);
    const client = new Client({ connectionString: databaseUrl(server.url, unfinished) });
    await client.connect();
    try {
      for (const migration of migrations) await applyMigration(client, migration.name, migration.script);
      await client.query('vacuum analyze');
    } finally {
      await client.end();
    }
    await admin.query(`alter database ${unfinished} rename to ${name}`);
    return name;
  } finally {
    await admin.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]);
  }
}
