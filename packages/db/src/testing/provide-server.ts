import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier, type QueryResult, type QueryResultRow } from 'pg';
import type { TestProject } from 'vitest/node';
import { databasePrefix } from './database-name.ts';
import type { TestServer } from './test-server.ts';

/** Provides a server to a project's tests; the returned function removes the databases that they have left. */
export async function provideServer(
  project: TestProject,
  server: Omit<TestServer, 'majorVersion' | 'runId'>,
): Promise<() => Promise<void>> {
  const runId = randomBytes(4).toString('hex');
  const { rows } = await query<{ version: number }>(
    server.url,
    "select current_setting('server_version_num')::int / 10000 as version",
  );
  project.provide('testServer', { ...server, majorVersion: rows[0]?.version ?? 0, runId });
  return async () => {
    const left = await query<{ datname: string }>(
      server.url,
      'select datname from pg_database where starts_with(datname, $1)',
      [databasePrefix(runId)],
    );
    for (const { datname } of left.rows)
      await query(server.url, `drop database if exists ${escapeIdentifier(datname)} with (force)`);
  };
}

async function query<Row extends QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<QueryResult<Row>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query<Row>(text, values);
  } finally {
    await client.end();
  }
}
