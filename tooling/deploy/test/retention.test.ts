import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { CREDENTIALS, type S3Server, startS3Server } from './support/s3-server.ts';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

const FIRST = '20270101000000_first';
const SECOND = '20270102000000_second';

describe.skipIf(inject('testServer').kind === 'embedded')('retention', () => {
  let scenario: Scenario;
  let server: S3Server;
  let elsewhere: string;

  beforeEach(async () => {
    server = await startS3Server();
    elsewhere = await mkdtemp(join(tmpdir(), 'apms-state-'));
  });

  afterEach(async () => {
    await scenario.remove();
    await server.remove();
    await rm(elsewhere, { recursive: true, force: true });
  });

  /** A deployment, then two that end with NO-GO after their backup; what `backup list` then says, and all ids. */
  const deployThrice = async (env: Record<string, string>) => {
    const run = () => scenario.project.deploy(['run', '--env', 'staging'], env);
    const deployed = await run();
    expect(deployed).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });

    // On the target's data only, so that each of these runs makes a backup before its NO-GO.
    await scenario.project.writeMigration(
      SECOND,
      'create unique index concurrently by_region on sites (region);',
    );
    const ids = [deployed.report?.id ?? ''];
    for (const _ of [1, 2]) {
      const refused = await run();
      expect(refused).toMatchObject({ exitCode: 3, report: { outcome: 'no-go' } });
      ids.push(refused.report?.id ?? '');
    }
    return ids;
  };
  const lines = (output: string) =>
    output
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));

  test('removes old backups, but never the one that the target would go back to', async () => {
    scenario = await createScenario({
      settings: { retention: { last: 1 } },
      pending: { [FIRST]: 'alter table sites add column note text;' },
      data: SITES,
    });
    const before = await scenario.identity();
    const ids = await deployThrice(scenario.env);
    const { output } = await scenario.project.deploy(['backup', 'list', '--env', 'staging', '--json']);
    expect(lines(output)).toMatchObject([
      { id: ids[0], usable: true },
      { id: ids[2], usable: true },
    ]);

    const back = await scenario.project.deploy(['rollback', '--env', 'staging', '--yes'], scenario.env);
    expect(back).toMatchObject({ exitCode: 0, report: { outcome: 'rolled-back' } });
    expect(await scenario.identity()).toEqual(before);
  });

  test('is the same from a machine that has only the store, where prune says what it keeps and why', async () => {
    scenario = await createScenario({
      settings: { store: server.settings, retention: { last: 1 } },
      pending: { [FIRST]: 'alter table sites add column note text;' },
      data: SITES,
    });
    const before = await scenario.identity();
    const here = { ...scenario.env, ...CREDENTIALS };
    const there = { ...here, DEPLOY_STATE_DIR: elsewhere };
    const ids = await deployThrice(here);
    await server.beginUpload('apms/staging/killed/backup/database.dump.zst');

    const deploy = (args: string[]) => scenario.project.deploy([...args, '--env', 'staging'], there);
    const made = await deploy(['backup', 'create', '--json']);
    const newest = /"id":"([^"]+)"/.exec(made.output)?.[1];
    const expected = [
      { id: newest, kept: true, reasons: ['the newest', 'one of the last 1'] },
      { id: ids[2], kept: false, reasons: [] },
      { id: ids[0], kept: true, reasons: ['what the target would be rolled back to'] },
    ];
    expect(lines((await deploy(['backup', 'prune', '--dry-run', '--json'])).output)).toMatchObject(expected);
    expect(lines((await deploy(['backup', 'prune', '--json'])).output)).toMatchObject(expected);
    const left = lines((await deploy(['backup', 'list', '--json'])).output);
    expect(left).toMatchObject([{ id: ids[0] }, { id: newest }]);
    // Begun a moment ago: perhaps by somebody who is still at it.
    expect(await server.unfinished()).toHaveLength(1);

    const back = await deploy(['rollback', '--yes']);
    expect(back).toMatchObject({ exitCode: 0 });
    expect(back.output).toContain('nothing was written since the backup');
    expect(await scenario.identity()).toEqual(before);
  });
});
