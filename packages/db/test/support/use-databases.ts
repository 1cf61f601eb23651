import { createTestDatabase, type Template, type TestDatabase } from '@apms/db/testing';
import type { Client } from 'pg';
import { afterAll } from 'vitest';

/** A way to make databases that the calling test file has until it ends, each with a first connection. */
export function useDatabases(): (template: Template) => Promise<{ client: Client; url: string }> {
  const databases: TestDatabase[] = [];
  afterAll(async () => {
    for (const database of databases) await database.drop();
  });
  return async (template) => {
    const database = await createTestDatabase({ template });
    databases.push(database);
    return { client: await database.connect(), url: database.url };
  };
}
