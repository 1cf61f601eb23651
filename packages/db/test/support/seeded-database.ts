import { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from '@apms/db/testing';
import type { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { seedShared, seedWorkspace } from './seed-workspace.ts';

/** A connection whose transaction each test finds open and which is rolled back after it. */
export interface SeededDatabase {
  readonly client: Client;
  readonly database: TestDatabase;
}

/** One database for the calling test file, with the workspaces `a` and `b` filled alike. */
export function useSeededDatabase(options: TestDatabaseOptions = {}): SeededDatabase {
  let database: TestDatabase | undefined;
  let client: Client | undefined;
  beforeAll(async () => {
    database = await createTestDatabase(options);
    client = await database.connect();
    await seedShared(client);
    await seedWorkspace(client, 'a');
    await seedWorkspace(client, 'b');
  });
  afterAll(async () => {
    await client?.end();
    await database?.drop();
  });
  beforeEach(async () => {
    await given(client).query('begin');
  });
  afterEach(async () => {
    await given(client).query('rollback');
  });
  return {
    get client() {
      return given(client);
    },
    get database() {
      return given(database);
    },
  };
}

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The database is there only while tests run.');
  return value;
}
