import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { type ClientTools, findClientTools } from '../src/client-tools.ts';
import { databasesOf } from './support/identity.ts';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

const NEXT = '20270101000000_next';

describe.skipIf(inject('testServer').kind === 'embedded')('a deployment whose backup fails', () => {
  let scenario: Scenario;
  let tools: ClientTools;

  beforeEach(async () => {
    tools = await findClientTools(inject('testServer').majorVersion, undefined);
  });

  afterEach(() => scenario.remove());

  const prepare = async (rehearse: boolean) => {
    scenario = await createScenario({
      data: SITES,
      settings: { rehearse },
      pending: { [NEXT]: 'alter table sites add column note text;' },
    });
  };

  /** The real programs, but for what a shell makes of one of them. */
  const spoilt = async (tool: 'pg_dump' | 'pg_restore', script: (real: string) => string) => {
    const directory = join(scenario.project.root, 'tools');
    await mkdir(directory);
    for (const [name, real] of [
      ['pg_dump', tools.pgDump],
      ['pg_restore', tools.pgRestore],
    ] as const) {
      const work = name === tool ? script(real) : `exec "${real}" "$@"`;
      const text = `#!/bin/sh\n[ "$1" = --version ] && exec "${real}" --version\n${work}\n`;
      await writeFile(join(directory, name), text);
      await chmod(join(directory, name), 0o755);
    }
    return directory;
  };

  const faults: {
    what: string;
    rehearse: boolean;
    tool: 'pg_dump' | 'pg_restore';
    script: (real: string) => string;
    code: string;
  }[] = [
    {
      what: 'pg_dump is killed half-way',
      rehearse: true,
      tool: 'pg_dump',
      script: (real) => `"${real}" "$@" | head -c 20000; kill -9 $$`,
      code: 'TOOL_FAILED',
    },
    {
      what: 'pg_dump is killed half-way, and no rehearsal would find out',
      rehearse: false,
      tool: 'pg_dump',
      script: (real) => `"${real}" "$@" | head -c 20000; kill -9 $$`,
      code: 'TOOL_FAILED',
    },
    {
      what: 'pg_dump leaves rows out and says that all is well',
      rehearse: true,
      tool: 'pg_dump',
      script: (real) => `exec "${real}" "$@" --exclude-table-data=public.sites`,
      code: 'RESTORE_DIFFERS',
    },
    {
      what: 'pg_restore is killed half-way',
      rehearse: true,
      tool: 'pg_restore',
      script: () => 'kill -9 $$',
      code: 'TOOL_FAILED',
    },
  ];

  test.each(faults)('because $what: exit 1, nothing written', async ({ rehearse, tool, script, code }) => {
    await prepare(rehearse);
    const { project, env, identity, database, run } = scenario;
    const before = await identity();
    const failed = await project.deploy(['run', '--env', 'staging'], {
      ...env,
      PG_BIN_DIR: await spoilt(tool, script),
    });
    expect(failed).toMatchObject({ exitCode: 1, report: { outcome: 'failed', failure: { code } } });
    expect(failed.report?.steps.map(({ name }) => name)).not.toContain('migrate');
    expect(await identity()).toEqual(before);
    expect(await databasesOf(database.url, failed.report?.id ?? '')).toEqual([]);
    expect(await run()).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
  });

  test('because its sessions were ended: exit 1, nothing written', async () => {
    await prepare(true);
    const { project, env, identity, database, query } = scenario;
    const before = await identity();
    const running = project.deploy(['run', '--env', 'staging'], {
      ...env,
      PG_BIN_DIR: await spoilt('pg_dump', () => 'exec sleep 60'),
    });
    const locked = () =>
      query(`select from pg_locks where mode = 'AccessShareLock' and relation = 'sites'::regclass and granted
        and pid in (select pid from pg_stat_activity where datname = current_database() and application_name like 'apms-deploy%')`);
    await expect.poll(locked, { timeout: 60_000, interval: 20 }).not.toEqual([]);
    await query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name like 'apms-deploy%'`);
    const failed = await running;
    expect(failed).toMatchObject({ exitCode: 1, report: { outcome: 'failed' } });
    expect(await identity()).toEqual(before);
    expect(await databasesOf(database.url, failed.report?.id ?? '')).toEqual([]);
  });
});
