import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

const NAME = '20270101000000_note';
const CONNECT = `
import { createRequire } from 'node:module';
const pg = createRequire(${JSON.stringify(import.meta.filename)})('pg');
const client = new pg.Client({ connectionString: process.env.STAGING_DATABASE_URL });
await client.connect();
const id = process.env.DEPLOY_ID.toLowerCase().replaceAll('-', '_');
const create = (name) => client.query('create database ' + pg.escapeIdentifier(name));
const target = client.database;
`;

describe.skipIf(inject('testServer').kind === 'embedded')('a swap back', () => {
  let scenario: Scenario;
  let made: string[];

  afterEach(async () => {
    for (const name of made)
      await scenario.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
    await scenario.remove();
  });

  /** A deployment whose smoke hook makes trouble and then fails. */
  async function runWith(trouble: string) {
    made = [];
    const code = `${CONNECT} ${trouble}\nawait client.end();\nprocess.exitCode = 1;`;
    const command = [process.execPath, '--input-type=module', '-e', code];
    scenario = await createScenario({
      data: SITES,
      settings: { rehearse: false, hooks: { smoke: [{ command }] } },
      pending: { [NAME]: 'alter table sites add column note text;' },
    });
    const before = await scenario.identity();
    const result = await scenario.run();
    const { id = '', rollback } = result.report ?? {};
    const low = id.toLowerCase().replaceAll('-', '_');
    if (rollback?.quarantine) made.push(rollback.quarantine);
    return { before, id, low, ...result };
  }

  async function goBackTo(id: string) {
    const args = ['rollback', '--env', 'staging', '--yes', '--to', id];
    const result = await scenario.project.deploy(args, scenario.env);
    const quarantine = result.report?.rollback?.quarantine;
    if (quarantine) made.push(quarantine);
    return result;
  }

  const FAILED = {
    exitCode: 6,
    report: { outcome: 'rollback-failed', failure: { code: 'ROLLBACK_FAILED' }, rollback: null },
  };

  test('that cannot make its copy leaves the target migrated and says what to do, which works', async () => {
    const { before, id, low, output, ...result } = await runWith(
      "await create('apms_scratch_' + id + '_restored');",
    );
    made.push(`apms_scratch_${low}_restored`);
    expect(result).toMatchObject(FAILED);
    expect(output).toContain('Target: staging.');
    expect(output).toContain(`Backup: ${join(scenario.project.root, '.deploy/staging', id, 'backup')}.`);
    expect(output).toContain('exited with 1');
    expect(output).toContain(`"apms_scratch_${low}_restored" already exists`);
    expect(output).toContain(`pnpm deploy:rollback --env staging --to ${id}`);
    expect(await scenario.query('select note from sites limit 1')).toEqual([{ note: null }]);

    expect(await goBackTo(id)).toMatchObject({
      exitCode: 0,
      report: { outcome: 'rolled-back', rollback: { leftBehind: [] } },
    });
    expect(await scenario.identity()).toEqual(before);
  });

  test('whose backup was damaged meanwhile leaves the target migrated and names the other backups', async () => {
    const damage = `
      const { truncate } = await import('node:fs/promises');
      await truncate('.deploy/staging/' + process.env.DEPLOY_ID + '/backup/database.dump.zst', 1_000);`;
    const { id, output, ...result } = await runWith(damage);
    expect(result).toMatchObject(FAILED);
    expect(output).toContain(`The backup ${id} is damaged`);
    expect(output).toContain('pnpm backup:list --env staging');
    expect(await scenario.query('select note from sites limit 1')).toEqual([{ note: null }]);
    const after = await scenario.identity();

    expect(await goBackTo(id)).toMatchObject({ exitCode: 6, report: { outcome: 'rollback-failed' } });
    expect(await scenario.identity()).toEqual(after);
  });

  test('finds another name when the quarantine already has one', async () => {
    const { before, low, ...result } = await runWith("await create(target.slice(0, 29) + '_failed_' + id);");
    const taken = `${scenario.database.name.slice(0, 29)}_failed_${low}`;
    made.push(taken);
    expect(result).toMatchObject({
      exitCode: 1,
      report: { outcome: 'rolled-back', rollback: { quarantine: `${taken}_2` } },
    });
    expect(await scenario.identity()).toEqual(before);
  });
});
