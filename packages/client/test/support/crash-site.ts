import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ApiProcess,
  activateConfiguration,
  insertPerson,
  startProcess,
  type TestPerson,
} from '@apms/api/testing';
import { type Database, openDatabase } from '@apms/db';
import { embeddedMajorVersion, startCluster } from '@apms/db/embedded';
import { createTestDatabase, startTemporaryCluster } from '@apms/db/testing';

/** A server and an API that may be killed at any moment. */
export interface CrashSite {
  readonly url: string;
  readonly database: Database;
  readonly workspaceId: string;
  readonly clerk: TestPerson;
  readonly approver: TestPerson;
  readonly siteId: string;
  /** SIGKILL to the API's process, and a new one on the same port. */
  killApi(): Promise<void>;
  /** SIGKILL to PostgreSQL's postmaster, and crash recovery. */
  killPostgres(): Promise<void>;
  remove(): Promise<void>;
}

/** On a cluster of its own, which writes what it acknowledges. */
export async function openCrashSite(): Promise<CrashSite> {
  const cluster = await startTemporaryCluster();
  const testDatabase = await createTestDatabase({
    server: {
      kind: 'embedded',
      name: 'a server to be killed',
      majorVersion: embeddedMajorVersion,
      url: cluster.url('postgres'),
      runId: 'crash',
    },
  });
  const settings = await testDatabase.connect();
  await settings.query(`alter system set synchronous_commit = 'on'`);
  await settings.query('select pg_reload_conf()');
  await settings.end();
  const database = openDatabase({ connectionString: testDatabase.url, applicationName: 'test' });
  const workspaceId = randomUUID();
  await database.prisma.workspace.create({ data: { id: workspaceId, code: 'W', name: 'A programme' } });
  const clerk = await insertPerson(database, workspaceId, ['DOC_CONTROL']);
  const approver = await insertPerson(database, workspaceId, ['APPROVER']);
  const manager = await insertPerson(database, workspaceId, ['CONFIG_MANAGER']);
  const seats = ['RTS', 'RTH', 'NOC_HEAD', 'PMO'].map((seat): [string, TestPerson[]] => [seat, [approver]]);
  await activateConfiguration(
    { database, workspace: { id: workspaceId, people: { CONFIG_MANAGER: manager } } },
    { roster: Object.fromEntries(seats) },
  );
  const { id: siteId } = await database.prisma.site.create({
    data: { workspaceId, siteCode: 'S-1', name: 'A site', clusterCode: 'CL-1' },
  });
  const env = { DATABASE_URL: testDatabase.url, LOG_LEVEL: 'info', REQUESTS_PER_MINUTE: '1000000' };
  let api: ApiProcess = await startProcess(env);
  const { url } = api;
  return {
    url,
    database,
    workspaceId,
    clerk,
    approver,
    siteId,
    killApi: async () => {
      api.child.kill('SIGKILL');
      await api.exited;
      api = await startProcess({ ...env, PORT: new URL(url).port });
    },
    killPostgres: async () => {
      const [pid] = readFileSync(join(cluster.dataDir, 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGKILL');
      await startCluster(cluster.dataDir, { port: cluster.port });
    },
    remove: async () => {
      api.child.kill('SIGKILL');
      await api.exited;
      await database.close();
      await cluster.remove();
    },
  };
}
