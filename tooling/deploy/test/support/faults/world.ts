import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { startCluster } from '@apms/db/embedded';
import { findServerBinDir, startTemporaryCluster, type TestServer } from '@apms/db/testing';
import type { DeploymentReport } from '@apms/validators';
import { execa } from 'execa';
import pg from 'pg';
import { type JournalEntry, readJournal } from '../../../src/journal.ts';
import { passfilePrefix } from '../../../src/libpq.ts';
import { applicationNameOf, journalFile } from '../../../src/open-run.ts';
import { databasesOf, type Identity, identityOf } from '../identity.ts';
import { newestReport } from '../project.ts';
import { createScenario, type Scenario } from '../scenario.ts';
import type { Blow } from './blows.ts';
import { comingMark, type Fault } from './fault.ts';
import { startLosingProxy } from './losing-proxy.ts';
import { FAULT_PATHS, type FaultPath, type FaultPathName } from './paths.ts';

/** So long a server takes at most to notice that the process of a session is gone. */
const NOTICED_MS = 5_000;

/** What is still found when everything that ends by itself has had the time to. */
async function remaining<Row>(find: () => Promise<Row[]>): Promise<Row[]> {
  const givenUpAt = Date.now() + NOTICED_MS;
  for (;;) {
    const found = await find();
    if (found.length === 0 || Date.now() > givenUpAt) return found;
    await sleep(100);
  }
}

/** What of a database must be old or new: everything but the moments in its history. */
interface Snapshot {
  schema: Identity['schema'];
  contents: Identity['contents'];
  history: unknown;
}

/** What a fault came to, once a recovery has been there. */
export interface Aftermath {
  /** Which of the two the target is; `between` is what must never be. */
  state: 'old' | 'new' | 'between';
  outcome: string | undefined;
  /** Whatever is there that should not be, a sentence each. */
  leftovers: string[];
  /** What the recoveries said, the last of which finds nothing to do. */
  output: string;
  nothingLeftToRecover: boolean;
  recoveryExitCode: number;
}

/** A server of its own, on which deployments of one path are broken. */
export interface FaultWorld {
  /** The journal of a deployment that nothing strikes. */
  entries: readonly JournalEntry[];
  /** Breaks a deployment, recovers, and looks at what is left. */
  strike(blow: Blow): Promise<Aftermath>;
  close(): Promise<void>;
}

const INJECT = `--import=${pathToFileURL(join(import.meta.dirname, 'inject.ts')).href}`;

const snapshotOf = ({ schema, contents, history }: Identity): Snapshot => ({
  schema,
  contents: contents.filter(({ table }) => table !== 'public._prisma_migrations'),
  history: Array.isArray(history) ? history.map(({ name, checksum }) => ({ name, checksum })) : history,
});

export async function openFaultWorld(name: FaultPathName): Promise<FaultWorld> {
  const path: FaultPath = FAULT_PATHS[name];
  const binDir = findServerBinDir();
  if (binDir === undefined) throw new Error('There is no PostgreSQL server on this machine.');
  const cluster = await startTemporaryCluster({ binDir });
  const restart = () => startCluster(cluster.dataDir, { binDir });
  const proxy = await startLosingProxy(cluster.port);
  const server: TestServer = {
    kind: 'server',
    name: 'faults',
    majorVersion: 15,
    url: cluster.url('postgres'),
    binDir,
    runId: randomBytes(4).toString('hex'),
  };
  const open = () => createScenario({ ...path.options, server });
  const faultOf = (fault: Omit<Blow, 'recovery'>, stateDirectory: string): Fault => ({
    ...fault,
    adminUrl: server.url,
    dataDir: cluster.dataDir,
    cutPort: proxy.cutPort,
    stateDirectory,
  });

  /** Runs a command while a server that is killed is started again. */
  async function run(scenario: Scenario, args: string[], fault: Fault | undefined, url: string) {
    const { project } = scenario;
    const env = {
      STAGING_DATABASE_URL: url,
      DEPLOY_STATE_DIR: join(project.root, '.deploy'),
      ...(fault && { NODE_OPTIONS: INJECT, FAULT: JSON.stringify(fault) }),
    };
    const running = project.start([...args, '--env', 'staging'], env);
    const state = { isRunning: true };
    const ending = running.finally(() => {
      state.isRunning = false;
    });
    if (fault?.kind === 'server') {
      while (state.isRunning) {
        await restart();
        await Promise.race([sleep(300), ending]);
      }
    }
    const result = await ending;
    await restart();
    return result;
  }

  async function baseline() {
    const scenario = await open();
    try {
      const { exitCode, all } = await run(scenario, ['run'], undefined, scenario.database.url);
      const report = await newestReport(scenario.project.root, 'staging');
      if (report?.outcome !== path.outcome) throw new Error(`exit ${exitCode}: ${all}`);
      await dropAll(await databasesOf(scenario.database.url, report.id));
      const entries = readJournal(journalFile(join(scenario.project.root, '.deploy', 'staging', report.id)));
      return { entries, migrated: snapshotOf(await scenario.identity()) };
    } finally {
      await scenario.remove();
    }
  }

  async function dropAll(names: readonly string[]): Promise<void> {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    for (const each of names)
      await client.query(`drop database if exists ${pg.escapeIdentifier(each)} with (force)`);
    await client.end();
  }

  const { entries, migrated } = await baseline();

  async function strike({ recovery, ...fault }: Blow): Promise<Aftermath> {
    const scenario = await open();
    const { database, project } = scenario;
    const state = join(project.root, '.deploy');
    await mkdir(state);
    const hasOwnDisk = fault.kind === 'disk';
    if (hasOwnDisk) await execa('mount', ['-t', 'tmpfs', '-o', 'size=128m', 'tmpfs', state]);
    try {
      const before = snapshotOf(await scenario.identity());
      const through = new URL(database.url);
      through.port = String(proxy.port);
      const first = await run(scenario, ['run'], faultOf(fault, state), through.href);
      while (existsSync(comingMark({ stateDirectory: state }))) await sleep(20);
      await restart();
      await rm(join(state, 'ballast'), { force: true });
      const said = [first.all];
      if (recovery !== undefined) {
        const broken = await run(scenario, ['recover', '--yes'], faultOf(recovery, state), database.url);
        said.push(broken.all);
      }
      const recovered = await run(scenario, ['recover', '--yes'], undefined, database.url);
      said.push(recovered.all);
      const report = await newestReport(project.root, 'staging');
      const after = snapshotOf(await identityOf(database.url));
      const again = await run(scenario, ['recover', '--yes'], undefined, database.url);
      const unchanged = isDeepStrictEqual(after, snapshotOf(await identityOf(database.url)));
      said.push(again.all);
      return {
        state: isDeepStrictEqual(after, before)
          ? 'old'
          : isDeepStrictEqual(after, migrated)
            ? 'new'
            : 'between',
        outcome: report?.outcome,
        leftovers: await leftoversOf(scenario, report),
        output: said.join('\n---\n'),
        nothingLeftToRecover: again.exitCode === 0 && unchanged && /nothing to recover/.test(again.all),
        recoveryExitCode: recovered.exitCode ?? -1,
      };
    } finally {
      const ids = await readdir(join(state, 'staging')).catch(() => []);
      for (const id of ids) await dropAll(await databasesOf(server.url, id));
      if (hasOwnDisk) await execa('umount', [state]);
      await scenario.remove();
    }
  }

  async function leftoversOf(scenario: Scenario, report: DeploymentReport | undefined): Promise<string[]> {
    const directory = join(scenario.project.root, '.deploy', 'staging');
    const ids = (await readdir(directory).catch(() => [])).filter((each) => /^\d{8}T/.test(each));
    const kept = report?.rollback?.quarantine;
    const found: string[] = [];
    for (const id of ids) {
      const databases = await databasesOf(scenario.database.url, id);
      found.push(...databases.filter((each) => each !== kept).map((each) => `the database ${each}`));
      for await (const file of glob(`${passfilePrefix(applicationNameOf(id))}*`))
        found.push(`the file ${file}`);
      const files = await readdir(join(directory, id));
      found.push(...files.filter((each) => each.startsWith('unpacked-')).map((each) => `the file ${each}`));
    }
    if (existsSync(join(directory, 'lease.json'))) found.push('the lease');
    const rows = await remaining(() =>
      scenario.query<{ what: string }>(
        `select 'the session ' || application_name as what from pg_stat_activity where application_name like 'apms-deploy%'
       union all select 'an advisory lock' from pg_locks where locktype = 'advisory'
       union all select 'the role ' || rolname from pg_roles where rolname like 'fault%'`,
      ),
    );
    return [...found, ...rows.map(({ what }) => what)];
  }

  return {
    entries,
    strike,
    async close() {
      await proxy.close();
      await cluster.remove();
    },
  };
}
