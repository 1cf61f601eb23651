import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ApiProcess,
  insertPerson,
  PASSWORD,
  setPassword,
  startProcess,
  type TestPerson,
} from '@apms/api/testing';
import { type ApmsClient, type ClientOptions, createClient } from '@apms/client';
import { type Database, newId, openDatabase } from '@apms/db';
import { createTestDatabase } from '@apms/db/testing';
import type { MembershipRole } from '@apms/validators';

export { PASSWORD };

/** A workspace with one person for each login role; all have {@link PASSWORD}. */
export interface TestWorkspace {
  readonly id: string;
  readonly code: string;
  readonly people: Readonly<Record<MembershipRole, TestPerson>>;
}

/** The API in a process of its own, which serves the console, on a database of its own. */
export interface TestConsole {
  readonly url: string;
  readonly database: Database;
  readonly databaseUrl: string;
  /** What the process was started with. */
  readonly settings: Readonly<Record<string, string>>;
  readonly workspace: TestWorkspace;
  /** Where the reports of deployments are read from. */
  readonly deploymentsDirectory: string;
  /** The API as somebody who is no browser: to arrange what a page is to show. */
  as(person: TestPerson, workspace?: TestWorkspace): ApmsClient;
  /** The same for what is no procedure: uploads and downloads. */
  optionsOf(person: TestPerson, workspace?: TestWorkspace): ClientOptions;
  createWorkspace(name?: string): Promise<TestWorkspace>;
  /** One more person, with {@link PASSWORD}. */
  createPerson(workspaceId: string, roles: readonly MembershipRole[]): Promise<TestPerson>;
  /** The process is gone, as in a power cut. */
  killApi(): Promise<void>;
  /** It is back, on the same port. */
  restartApi(): Promise<void>;
  stop(): Promise<void>;
}

export async function startConsole(env: Readonly<Record<string, string>> = {}): Promise<TestConsole> {
  const testDatabase = await createTestDatabase();
  const database = openDatabase({ connectionString: testDatabase.url, applicationName: 'test' });
  const directory = await mkdtemp(join(tmpdir(), 'apms-console-'));
  const deploymentsDirectory = join(directory, 'deployments');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    DATABASE_URL: testDatabase.url,
    PORT: String(port),
    API_URL: url,
    APP_URL: url,
    DOCUMENTS_DIR: join(directory, 'documents'),
    DEPLOYMENTS_DIR: deploymentsDirectory,
    JOBS: 'off',
    REQUESTS_PER_MINUTE: '1000000',
    SIGN_INS_PER_MINUTE: '1000000',
    // Each window of a test has an address of its own: nobody is held back by how often others signed in.
    TRUST_PROXY: '127.0.0.1',
    ...env,
  };
  const start = () => startProcess(settings);
  let api: ApiProcess = await start();

  async function createPerson(workspaceId: string, roles: readonly MembershipRole[]): Promise<TestPerson> {
    const person = await insertPerson(database, workspaceId, roles);
    await setPassword(database, person);
    return person;
  }

  async function createWorkspace(name = 'Northern programme'): Promise<TestWorkspace> {
    const id = newId();
    const code = `W-${randomUUID().slice(0, 8)}`;
    await database.prisma.workspace.create({ data: { id, code, name } });
    const person = (role: MembershipRole) => createPerson(id, [role]);
    const people = {
      ADMIN: await person('ADMIN'),
      CONFIG_MANAGER: await person('CONFIG_MANAGER'),
      DOC_CONTROL: await person('DOC_CONTROL'),
      QA_ENGINEER: await person('QA_ENGINEER'),
      APPROVER: await person('APPROVER'),
      VENDOR: await person('VENDOR'),
      VIEWER: await person('VIEWER'),
    };
    return { id, code, people };
  }

  const workspace = await createWorkspace();

  function optionsOf(person: TestPerson, { id } = workspace): ClientOptions {
    const key = person.credentials['x-api-key'] ?? '';
    return { url, credential: { kind: 'apiKey', key }, workspaceId: id };
  }

  async function killApi(): Promise<void> {
    api.child.kill('SIGKILL');
    await api.exited;
  }

  return {
    url,
    database,
    databaseUrl: testDatabase.url,
    settings,
    workspace,
    deploymentsDirectory,
    createWorkspace,
    createPerson,
    as: (person, where) => createClient(optionsOf(person, where)),
    optionsOf,
    killApi,
    restartApi: async () => {
      api = await start();
    },
    stop: async () => {
      await killApi();
      await database.close();
      await testDatabase.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A port that nobody listens on now. Named before the API starts, because its own address is one of its settings. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
