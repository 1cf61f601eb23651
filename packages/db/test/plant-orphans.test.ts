import { auditOrphans, listForeignKeys } from '@apms/db/checks';
import { orphanRelations, plantOrphans, seedDatabase } from '@apms/db/seed';
import { describe, expect, test } from 'vitest';
import { applyMigration } from '../src/testing/apply-migration.ts';
import { readMigrations } from '../src/testing/read-migrations.ts';
import { smallSeed as small } from './support/small-seed.ts';
import { useDatabases } from './support/use-databases.ts';

const open = useDatabases();

describe('plantOrphans', () => {
  test('makes exactly the orphans that it names', async () => {
    const { client } = await open({ migrations: 2 });
    await seedDatabase(client, small);
    const planted = await plantOrphans(client);
    expect(planted.map(({ foreignKeyName }) => foreignKeyName)).toEqual(orphanRelations);
    expect(planted).toHaveLength(6);

    const { client: later } = await open({ migrations: 3 });
    const { findings } = await auditOrphans([client], await listForeignKeys(later));
    const found = findings.map(({ foreignKey, count, sampleIds }) => [
      foreignKey.name,
      foreignKey.table,
      count,
      sampleIds,
    ]);
    const expected = planted.map(({ foreignKeyName, table, count, ids }) => [
      foreignKeyName,
      table,
      count,
      ids.slice(0, 5),
    ]);
    expect(new Set(found)).toEqual(new Set(expected));
    expect(found).toHaveLength(expected.length);

    const script = (await readMigrations())[2];
    await expect(
      applyMigration(client, script?.name ?? '', script?.script ?? Buffer.from('')),
    ).rejects.toThrow(/violates foreign key/);
  });
  test('makes those that are asked for', async () => {
    const { client } = await open({ migrations: 2 });
    await seedDatabase(client, small);
    const planted = await plantOrphans(client, ['fk_workflow_stages_workflow']);
    expect(planted).toMatchObject([{ table: 'workflow_stages', count: 7 }]);
    await expect(plantOrphans(client, ['fk_nothing'])).rejects.toThrow(RangeError);
  });
  test('is refused where the database has the foreign keys', async () => {
    const { client } = await open({ migrations: 3 });
    await seedDatabase(client, small);
    await expect(plantOrphans(client)).rejects.toMatchObject({ code: '23503' });
  });
});
