import { createTestDatabase } from '@apms/db/testing';
import { describe, expect, inject, test } from 'vitest';
import { type CatalogKey, foreignKeys, workspaceScopedTables } from './support/catalog.ts';
import { findReferenceLeaks, findTableLeaks } from './support/find-isolation-leaks.ts';
import { insertRow } from './support/insert-rows.ts';
import { workspaceIds } from './support/seed-workspace.ts';
import { useSeededDatabase } from './support/seeded-database.ts';

const seeded = useSeededDatabase();

/** The tables that belong to no workspace, of which the API reads or writes what its procedures permit. */
const globalTables = [
  'accounts',
  'api_keys',
  'data_integrity_audit_log',
  'quarantined_rows',
  'sessions',
  'users',
  'verifications',
];

/** What there is to isolate, read before the tests are named; nothing where the project has no server. */
async function readCatalog(): Promise<{ tables: string[]; keys: CatalogKey[] }> {
  const server: unknown = inject('testServer');
  if (server === undefined) return { tables: [], keys: [] };
  const database = await createTestDatabase();
  try {
    const client = await database.connect();
    const tables = await workspaceScopedTables(client);
    const keys = (await foreignKeys(client)).filter((key) => tables.includes(key.referenced));
    await client.end();
    return { tables, keys };
  } finally {
    await database.drop();
  }
}

const { tables, keys } = await readCatalog();

describe('a raw session of the API in one workspace neither reads nor writes another', () => {
  test.each(tables)('%s', async (table) => {
    expect(await findTableLeaks(seeded.client, table)).toEqual([]);
  });
});

describe('nor does it refer to a row of another', () => {
  test.each(keys)('$table: $name', async (key) => {
    expect(await findReferenceLeaks(seeded.client, key)).toEqual([]);
  });
});

test('every table belongs to workspaces or is known to belong to none', async () => {
  const { rows } = await seeded.client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations' order by 1`,
  );
  expect(rows.map(({ name }) => name)).toEqual([...tables, ...globalTables].toSorted());
});

test('no view and no function leads past the policies', async () => {
  const { rows } = await seeded.client.query(`
    select relname::text as name from pg_class
    where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace
    union all
    select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace`);
  expect(rows).toEqual([]);
});

describe('a new table is found out', () => {
  const { a, b } = workspaceIds;
  const createVisits = async (more: string) => {
    await seeded.client.query(`
      create table visits (id text primary key, workspace_id uuid not null references workspaces (id), site_id text);
      grant select, insert, update, delete on visits to apms_api; ${more}`);
    await insertRow(seeded.client, 'visits', { id: 'a-visit', workspace_id: a, site_id: 'a-site' });
    await insertRow(seeded.client, 'visits', { id: 'b-visit', workspace_id: b, site_id: 'b-site' });
  };
  const isolate = `
    alter table visits enable row level security, force row level security;
    create policy workspace_isolation on visits to apms_api
      using (workspace_id = (select nullif(current_setting('app.workspace_id', true), '')::uuid));`;

  test('that has no row-level security', async () => {
    await createVisits('');
    expect(await workspaceScopedTables(seeded.client)).toContain('visits');
    expect(await findTableLeaks(seeded.client, 'visits')).toEqual([
      'reads',
      'updates',
      'updates without naming them',
      'deletes',
      'inserts',
      'reads without a workspace',
      'updates without a workspace',
      'deletes without a workspace',
      'inserts without a workspace',
    ]);
  });

  test('that lets rows be written into other workspaces', async () => {
    await createVisits(
      `${isolate} create policy generous on visits for insert to apms_api with check (true)`,
    );
    expect(await findTableLeaks(seeded.client, 'visits')).toEqual(['inserts', 'inserts without a workspace']);
  });

  test('that shows a workspace nothing of its own', async () => {
    await createVisits('alter table visits enable row level security, force row level security');
    expect(await findTableLeaks(seeded.client, 'visits')).toContain('hides what is its own');
  });

  test('whose reference does not carry the workspace', async () => {
    const refer =
      'alter table visits add constraint fk_visits_site foreign key (site_id) references sites (id);';
    await createVisits(isolate + refer);
    const key = (await foreignKeys(seeded.client)).find(({ name }) => name === 'fk_visits_site');
    if (key === undefined) throw new Error('no key fk_visits_site');
    expect(await findReferenceLeaks(seeded.client, key)).toEqual(['takes a row of another workspace']);
  });

  test('but not one that keeps the rules', async () => {
    await createVisits(
      `${isolate} alter table visits add constraint fk_visits_site
        foreign key (site_id, workspace_id) references sites (id, workspace_id)`,
    );
    expect(await findTableLeaks(seeded.client, 'visits')).toEqual([]);
    for (const key of (await foreignKeys(seeded.client)).filter(({ table }) => table === 'visits'))
      expect(await findReferenceLeaks(seeded.client, key)).toEqual([]);
  });
});
