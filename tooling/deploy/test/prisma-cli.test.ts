import { join } from 'node:path';
import { migrationsDirectory } from '@apms/db';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { prisma } from './support/prisma.ts';
import { createScenario, type Scenario } from './support/scenario.ts';

const LAST = '20260301000000_alert_thresholds';
const BROKEN = '20270101000000_broken';
const SCHEMA = join(migrationsDirectory, '../schema');

describe.skipIf(inject('testServer').kind === 'embedded')("a database that Prisma's own CLI migrates", () => {
  let scenario: Scenario;

  beforeEach(async () => {
    scenario = await createScenario({ template: 'empty' });
  });
  afterEach(() => scenario.remove());

  async function byPrisma(args: string) {
    return prisma(scenario.project, args, scenario.database.url);
  }

  test('is picked up as it stands, and agrees with it afterwards', async () => {
    const { project, run, plan } = scenario;
    const sql = await project.readMigration(LAST);
    await project.removeMigration(LAST);
    expect(await byPrisma('migrate deploy')).toMatchObject({ exitCode: 0 });
    expect(await run()).toMatchObject({ exitCode: 0, report: { outcome: 'nothing-to-do', findings: [] } });

    await project.writeMigration(LAST, sql);
    expect((await byPrisma('migrate status')).exitCode).toBe(1);
    expect(JSON.parse((await plan('--json')).output)).toMatchObject({ decision: 'GO', pending: [LAST] });
    expect(await run()).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });

    expect(await byPrisma('migrate status')).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('Database schema is up to date!'),
    });
    expect(await byPrisma('migrate deploy')).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('No pending migrations to apply.'),
    });
    expect(
      await byPrisma(`migrate diff --from-config-datasource --to-schema ${SCHEMA} --exit-code`),
    ).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('No difference detected.'),
    });
  });

  test('and that it left failed is refused, with what was left, until that is resolved', async () => {
    const { project, plan, run, query, identity } = scenario;
    expect(await run()).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
    await project.writeMigration(
      BROKEN,
      'create table left_behind (a int);\nalter table nowhere add a int;\n',
    );
    expect(await byPrisma('migrate deploy')).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('P3018'),
    });
    // As older versions of Prisma do, which do not run a file as one.
    await query('create table left_behind (a int)');
    const before = await identity();
    const planned = await plan();
    expect(planned.exitCode).toBe(3);
    expect(planned.output).toContain(`${BROKEN} was begun by another tool and never finished. `);
    expect(planned.output).toMatch(/never finished.* Cause: .*nowhere/);
    expect(planned.output).toContain(`prisma migrate resolve --rolled-back ${BROKEN}`);
    expect(planned.output).toContain('relation public.left_behind was added');
    expect(await run()).toMatchObject({ exitCode: 3, report: { outcome: 'no-go' } });
    expect(await identity()).toEqual(before);

    await query('drop table left_behind');
    expect(await byPrisma(`migrate resolve --rolled-back ${BROKEN}`)).toMatchObject({ exitCode: 0 });
    await project.writeMigration(BROKEN, 'create table left_behind (a int);\n');
    expect(await run()).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
    expect(await byPrisma('migrate status')).toMatchObject({ exitCode: 0 });
    expect(await run()).toMatchObject({ exitCode: 0, report: { outcome: 'nothing-to-do' } });
  });
});
