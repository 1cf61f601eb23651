import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasPgbackrest, type PgbackrestServer, startPgbackrestServer } from './support/pgbackrest-server.ts';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

const NAME = '20270101000000_note';
const SQL = 'alter table sites add column note text;';

describe.skipIf(!hasPgbackrest())('a deployment with backups by pgBackRest', () => {
  let own: PgbackrestServer;
  let scenario: Scenario;

  beforeAll(async () => {
    own = await startPgbackrestServer();
  });

  afterAll(() => own?.close());

  beforeEach(async () => {
    scenario = await createScenario({
      server: own.server,
      data: SITES,
      settings: { backup: own.backup },
      pending: { [NAME]: SQL },
    });
  });

  afterEach(async () => {
    await scenario?.remove();
    for (const name of await besides()) await rm(join(own.home, name), { recursive: true });
  });

  /** Changes settings of the target in the project's configuration. */
  async function configure(settings: object): Promise<void> {
    const file = join(scenario.project.root, 'deploy.config.ts');
    const config = JSON.parse(
      (await readFile(file, 'utf8')).replace('export default ', '').replace(/;\n$/, ''),
    );
    Object.assign(config.targets.staging, settings);
    await writeFile(file, `export default ${JSON.stringify(config)};\n`);
  }

  const smoke = (code: string) => ({
    hooks: { smoke: [{ command: [process.execPath, '-e', code], timeoutMs: 30_000 }] },
  });

  /** What lies beside the data directory besides what the test put there. */
  async function besides(): Promise<string[]> {
    return (await readdir(own.home)).filter((name) => /^(apms|restored)_/.test(name)).toSorted();
  }

  test('is rehearsed on a restored cluster, and leaves nothing beside the target', async () => {
    const { exitCode, report } = await scenario.run();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 0,
      report: { outcome: 'deployed', backup: { proven: true } },
    });
    expect(await besides()).toEqual([]);
    const { output } = await scenario.project.deploy(['backup', 'list', '--env', 'staging'], scenario.env);
    expect(output).toMatch(/pgbackrest.*verified/);
  });

  test('whose smoke hook fails is swapped back as a cluster, and the failed one is kept', async () => {
    await configure(smoke('process.exit(3)'));
    const before = await scenario.identity();
    const { exitCode, report } = await scenario.run();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 1,
      report: {
        outcome: 'rolled-back',
        failure: { code: 'HOOK_FAILED' },
        rollback: { way: 'swap-back', verified: true, leftBehind: [] },
      },
    });
    expect(await scenario.identity()).toEqual(before);
    const quarantine = report?.rollback?.quarantine ?? '';
    expect(await besides()).toEqual([quarantine.slice(own.home.length + 1)]);
    expect(existsSync(join(quarantine, 'PG_VERSION'))).toBe(true);
    await own.pgbackrest('check');

    await configure(smoke('process.exit(0)'));
    const again = await scenario.run();
    expect(again).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
  });

  test('whose server does not start on the restored cluster stays as it was, and says so', async () => {
    const { start } = own.backup;
    const onlyOn = `[ -e "${own.dataDirectory}/moved" ] && exec "$@"; echo "this one does not start"; exit 1`;
    await configure({
      ...smoke(
        `require('node:fs').writeFileSync(${JSON.stringify(`${own.dataDirectory}/moved`)}, ''); process.exit(1)`,
      ),
      backup: {
        ...own.backup,
        // The restored data directory lacks what the hook has put into the present one.
        start: {
          ...start,
          command: ['sh', '-c', onlyOn, 'sh', ...start.command],
        },
      },
    });
    const { exitCode, report, output } = await scenario.run();
    expect({ exitCode, report }).toMatchObject({ exitCode: 6, report: { outcome: 'rollback-failed' } });
    expect(output).toContain('this one does not start');
    expect(output).toContain('stays as it was before it');
    expect(await scenario.query('select count(note) from sites')).toEqual([{ count: '0' }]);
    expect(await besides()).toEqual([]);

    await configure({ backup: own.backup });
    const back = await scenario.project.deploy(
      ['rollback', '--env', 'staging', '--yes', '--to', report?.id ?? ''],
      scenario.env,
    );
    expect(back).toMatchObject({ exitCode: 0, report: { outcome: 'rolled-back' } });
    await expect(scenario.query('select note from sites')).rejects.toThrow(/does not exist/);
  });

  test('is refused at once while archiving is broken', async () => {
    const before = await scenario.identity();
    const command = (await own.query('show archive_command'))[0]?.rows[0].archive_command;
    await own.query(
      `alter system set archive_command = 'false pgbackrest archive-push'`,
      'select pg_reload_conf()',
    );
    try {
      const { exitCode, report } = await scenario.run();
      expect({ exitCode, report }).toMatchObject({
        exitCode: 2,
        report: {
          outcome: 'failed',
          failure: { code: 'PGBACKREST_UNUSABLE', message: expect.stringMatching(/check.*archiver/is) },
        },
      });
      expect(await scenario.identity()).toEqual(before);
    } finally {
      await own.query(`alter system set archive_command = '${command}'`, 'select pg_reload_conf()');
    }
  });

  test('whose pgBackRest is killed fails, changes nothing, and the next one succeeds', async () => {
    const before = await scenario.identity();
    const bin = join(own.home, 'bin');
    await mkdir(bin);
    const wrapper = join(bin, 'pgbackrest');
    // Killed as soon as it copies: it has begun the backup on the server and holds the stanza's lock by then.
    const script = `#!/bin/sh
case "$*" in *--type=incr*)
  /usr/bin/pgbackrest "$@" --process-max=1 & pid=$!
  while [ ! -e "${own.home}/lock/main-backup.lock" ]; do sleep 0.01; done
  sleep 0.7; kill -9 $pid; wait $pid; kill -9 $$ ;;
esac
exec /usr/bin/pgbackrest "$@"
`;
    await writeFile(wrapper, script, { mode: 0o755 });
    const env = { ...scenario.env, PATH: `${bin}:${process.env['PATH']}` };
    const killed = await scenario.project.deploy(['run', '--env', 'staging'], env);
    expect(killed).toMatchObject({
      exitCode: 1,
      report: {
        outcome: 'failed',
        failure: { code: 'TOOL_FAILED', message: expect.stringContaining('SIGKILL') },
      },
    });
    expect(await scenario.identity()).toEqual(before);
    const next = await scenario.run();
    expect(next).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
  });
});
