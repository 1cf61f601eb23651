import { createTestDatabase } from '@apms/db/testing';
import { escapeIdentifier } from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { createDatabaseStatement, readDatabaseProperties } from '../src/backup/database-properties.ts';
import { onDatabase, parseConnection } from '../src/connection.ts';
import { withClient } from '../src/postgres.ts';

const { url, majorVersion } = inject('testServer');

describe('a database made like the original', () => {
  test.for<[string, number, string]>([
    ['libc', 14, `lc_collate 'C' lc_ctype 'C' encoding 'LATIN1'`],
    [
      'ICU',
      15,
      `locale_provider icu icu_locale 'de-u-co-phonebk' lc_collate 'C' lc_ctype 'C' encoding 'UTF8'`,
    ],
    [
      'ICU with rules',
      16,
      `locale_provider icu icu_locale 'en' icu_rules '&a < g' locale 'C' encoding 'UTF8'`,
    ],
    ['built-in', 17, `locale_provider builtin builtin_locale 'C.UTF-8' locale 'C' encoding 'UTF8'`],
  ])('has its locale: %s (PostgreSQL %i)', async ([, since, locale], { skip }) => {
    skip(majorVersion < since, `PostgreSQL ${majorVersion} does not have it`);
    const maintenance = parseConnection(url, 'TEST_DATABASE_URL');
    // Its name marks it as this run's, so that it is removed even when the test fails.
    const { name } = await createTestDatabase({ template: 'empty' });
    const copy = `${name}_copy`;
    const properties = (database: string) =>
      withClient(onDatabase(maintenance, database), 'apms-test', readDatabaseProperties);
    await withClient(maintenance, 'apms-test', async (admin) => {
      await admin.query(`drop database ${escapeIdentifier(name)}`);
      await admin.query(`create database ${escapeIdentifier(name)} template template0 ${locale}`);
      const original = await properties(name);
      await admin.query(createDatabaseStatement(copy, original, { tablespace: true }));
      expect(await properties(copy)).toEqual({ ...original, name: copy, sizeBytes: expect.any(Number) });
      for (const made of [name, copy]) await admin.query(`drop database ${escapeIdentifier(made)}`);
    });
  });
});
