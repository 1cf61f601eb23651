import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startCluster } from '@apms/db/embedded';
import {
  findServerBinDir,
  startTemporaryCluster,
  type TemporaryCluster,
  type TestServer,
} from '@apms/db/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

const binDir = inject('testServer')?.kind === 'server' ? findServerBinDir() : undefined;

describe.skipIf(binDir === undefined)('a server that commits before it writes', () => {
  let cluster: TemporaryCluster;
  let scenario: Scenario;

  beforeAll(async () => {
    cluster = await startTemporaryCluster({ ...(binDir && { binDir }) });
    const server: TestServer = {
      kind: 'server',
      name: 'crashing',
      majorVersion: 15,
      url: cluster.url('postgres'),
      runId: randomBytes(4).toString('hex'),
    };
    scenario = await createScenario({
      server,
      data: SITES,
      pending: { '20270101000000_note': 'alter table sites add column note text;' },
    });
    // What is committed reaches the operating system after ten seconds, unless somebody waits for it.
    await scenario.query("alter system set wal_writer_delay = '10s'");
    await scenario.query('select pg_reload_conf()');
  });

  afterAll(async () => {
    await scenario.remove();
    await cluster.remove();
  });

  test('keeps what was committed when it is killed right after', async () => {
    expect(await scenario.query('show synchronous_commit')).toEqual([{ synchronous_commit: 'off' }]);
    // The tool goes first, so that nothing it does later makes the server write.
    const killing = `--import=${new URL('./support/faults/kill-at-completed.ts', import.meta.url).href}`;
    const args = ['run', '--env', 'staging'];
    await scenario.project.deploy(args, { ...scenario.env, NODE_OPTIONS: killing });
    const [postmaster] = (await readFile(join(cluster.dataDir, 'postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(postmaster), 'SIGKILL');
    await startCluster(cluster.dataDir, { ...(binDir && { binDir }) });
    expect(await scenario.query('select note from sites limit 1')).toEqual([{ note: null }]);
    const recovered = await scenario.project.deploy(['recover', '--env', 'staging'], scenario.env);
    expect(recovered).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
  });
});
