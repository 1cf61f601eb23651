import { afterEach, describe, expect, inject, test } from 'vitest';
import { databasesOf } from './support/identity.ts';
import { createScenario, type Scenario } from './support/scenario.ts';

const APPLIED = {
  '20270101000000_batches': `
    create table batches (id int primary key, state text not null);
    create table batch_items (id int primary key, batch_id int not null references batches on delete cascade);
    create index idx_batch_items_batch_id on batch_items (batch_id);`,
};
const DATA = `
  insert into batches select n, case when n < 3 then 'PILOT' else 'LIVE' end from generate_series(1, 5) n;
  insert into batch_items select n, 1 + n % 5 from generate_series(1, 20) n;`;
const DELETE = "delete from batches where state = 'PILOT';";

describe.skipIf(inject('testServer').kind === 'embedded')('a migration that deletes rows', () => {
  let scenario: Scenario;

  afterEach(() => scenario.remove());

  const deploying = async (sql: string) => {
    scenario = await createScenario({
      applied: APPLIED,
      data: DATA,
      pending: { '20270102000000_tidy': sql },
    });
    const before = await scenario.identity();
    return { before, result: await scenario.run() };
  };

  test('is a NO-GO that names every table and how many rows it loses', async () => {
    const { before, result } = await deploying(DELETE);
    expect(result).toMatchObject({ exitCode: 3, report: { outcome: 'no-go', decision: 'NO-GO' } });
    expect(result.report?.reasons).toEqual([
      expect.stringMatching(/^public\.batch_items loses 8 rows by the migrations\. .*deploy:allow row-loss/),
      expect.stringMatching(/^public\.batches loses 2 rows by the migrations\. /),
    ]);
    expect(await scenario.identity()).toEqual(before);
    expect(await databasesOf(scenario.database.url, result.report?.id ?? '')).toEqual([]);
  });

  test('is a NO-GO for the table of a cascade that its reason does not name', async () => {
    const { before, result } = await deploying(`-- deploy:allow row-loss the pilot is over\n${DELETE}`);
    expect(result).toMatchObject({ exitCode: 3, report: { outcome: 'no-go' } });
    expect(result.report?.reasons).toEqual([expect.stringContaining('public.batch_items loses 8 rows')]);
    expect(await scenario.identity()).toEqual(before);
  });

  test('is deployed when it says why, and names the table of the cascade', async () => {
    const { result } = await deploying(
      `-- deploy:allow row-loss the pilot is over, also for public.batch_items\n${DELETE}`,
    );
    expect(result).toMatchObject({ exitCode: 0, report: { outcome: 'deployed', decision: 'GO' } });
    const rows = await scenario.query<{ batches: string; items: string }>(
      'select (select count(*) from batches)::text as batches, (select count(*) from batch_items)::text as items',
    );
    expect(rows).toEqual([{ batches: '3', items: '12' }]);
    expect(result.report?.rowCounts).toContainEqual({
      table: 'public.batches',
      before: 5,
      after: 3,
      byMigrations: -2,
    });
  });
});
