import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { settleClusterSwap } from '../src/backup/pgbackrest/swap-clusters.ts';
import type { HookCommand } from '../src/config.ts';
import { parseConnection } from '../src/connection.ts';
import { APPLICATION, type BackupTarget, targetOn } from './support/backup-target.ts';
import { hasPgbackrest, type PgbackrestServer, startPgbackrestServer } from './support/pgbackrest-server.ts';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

describe.skipIf(!hasPgbackrest())('a swap of clusters that is killed', () => {
  let own: PgbackrestServer;
  let scenario: Scenario;
  let on: BackupTarget;

  beforeAll(async () => {
    own = await startPgbackrestServer();
  });

  afterAll(() => own?.close());

  beforeEach(async () => {
    scenario = await createScenario({ server: own.server, data: SITES, settings: { backup: own.backup } });
    on = await targetOn(parseConnection(scenario.database.url, 'TEST_DATABASE_URL'), { backup: own.backup });
  });

  afterEach(async () => {
    await on?.close();
    await scenario?.remove();
    for (const name of (await readdir(own.home)).filter((each) => each.startsWith('apms_')))
      await rm(join(own.home, name), { recursive: true });
  });

  /** Lets the command do its work, or not, and then kills the deploy tool, whose child it is. */
  const thenKill = (command: HookCommand, works: boolean): HookCommand => ({
    ...command,
    command: ['sh', '-c', `${works ? '"$@"; ' : ''}kill -9 $PPID`, 'sh', ...command.command],
  });

  async function configure(backup: PgbackrestServer['backup']): Promise<void> {
    const file = join(scenario.project.root, 'deploy.config.ts');
    const text = await readFile(file, 'utf8');
    const config = JSON.parse(text.replace('export default ', '').replace(/;\n$/, ''));
    config.targets.staging.backup = backup;
    await writeFile(file, `export default ${JSON.stringify(config)};\n`);
  }

  test.each([
    {
      when: 'with the server stopped',
      stops: true,
      starts: true,
      outcome: 'failed',
      region: 'LATE',
      kept: [],
    },
    {
      when: 'with the clusters exchanged',
      stops: false,
      starts: false,
      outcome: 'rolled-back',
      region: 'R1',
      kept: ['failed'],
    },
    {
      when: 'with the restored one started',
      stops: false,
      starts: true,
      outcome: 'rolled-back',
      region: 'R1',
      kept: ['failed'],
    },
  ])('$when is recovered: $outcome', async ({ stops, starts, outcome, region, kept }) => {
    const { backup } = own;
    const created = await scenario.project.deploy(['backup', 'create', '--env', 'staging'], scenario.env);
    expect(created.exitCode).toBe(0);
    const id = /backup (\S+):/.exec(created.output)?.[1] ?? '';
    await scenario.query("update sites set region = 'LATE'");
    await configure(
      stops
        ? { ...backup, stop: thenKill(backup.stop, true) }
        : { ...backup, start: thenKill(backup.start, starts) },
    );
    const killed = await scenario.project.deploy(
      ['rollback', '--env', 'staging', '--yes', '--to', id],
      scenario.env,
    );
    expect(killed.exitCode).toBe(-1);

    await configure(backup);
    const recovered = await scenario.project.deploy(['recover', '--env', 'staging', '--json'], scenario.env);
    expect(recovered).toMatchObject({ exitCode: 0, report: { outcome } });
    expect(await scenario.query("select distinct region from sites where id = 'site-1'")).toEqual([
      { region },
    ]);
    const besides = (await readdir(own.home)).filter((name) => name.startsWith('apms_'));
    expect(besides.map((name) => name.replace(/^.*_(failed)_.*$/, '$1'))).toEqual(kept);
    await own.pgbackrest('check');
  });

  test('whose own cluster does not start either says which command remains', async () => {
    const start = { ...own.backup.start, command: ['sh', '-c', 'echo "no memory"; exit 1'] };
    const broken = await targetOn(on.target.connection, { backup: { ...own.backup, start } });
    const copy = join(own.home, 'apms_scratch_none');
    await mkdir(join(copy, 'data'), { recursive: true });
    const quarantine = join(own.home, 'apms_failed_none');
    await writeFile(join(copy, 'swap.json'), JSON.stringify({ quarantine }));
    const stop = own.backup.stop.command;
    await execa(stop[0] ?? '', stop.slice(1));
    const swap = { restored: 'apms_scratch_none', quarantine };
    await expect(settleClusterSwap(broken.target, swap, APPLICATION)).rejects.toMatchObject({
      failure: { code: 'TARGET_DOWN', problem: expect.stringContaining('no memory') },
    });
    expect(await settleClusterSwap(on.target, swap, APPLICATION)).toBeUndefined();
    expect(await scenario.query('select 1 as up')).toEqual([{ up: 1 }]);
    await broken.close();
  });
});
