import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, newId, openDatabase } from '@apms/db';
import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import type { MembershipRole } from '@apms/validators';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import { fastify } from 'fastify';
import { createAccessCache } from '../../src/access-cache.ts';
import { type AuthOptions, createAuth } from '../../src/auth.ts';
import { createAuthenticate } from '../../src/authenticate.ts';
import { openChanges } from '../../src/changes.ts';
import { directoryDocumentStore } from '../../src/directory-document-store.ts';
import type { HttpLimits } from '../../src/http/http-limits.ts';
import type { AppRouter } from '../../src/index.ts';
import { createIsKnownElsewhere } from '../../src/is-known-elsewhere.ts';
import type { Mail } from '../../src/mailer.ts';
import { directoryDeploymentReports } from '../../src/modules/deployments/directory-deployment-reports.ts';
import { createIntegrityAuditor } from '../../src/modules/integrity-audits/integrity-auditor.ts';
import { createPasswordLinks } from '../../src/password-links.ts';
import { createServer } from '../../src/server.ts';
import type { Services } from '../../src/services.ts';
import { insertPerson, type TestPerson } from './insert-person.ts';
import { type Session, signIn } from './sign-in.ts';

/** Where the API and the pages of people's browsers are, as its settings say. */
export const API_URL = 'http://api.apms.example';
export const APP_URL = 'http://app.apms.example';

export type { TestPerson } from './insert-person.ts';

export interface TestWorkspace {
  readonly id: string;
  /** One person for each login role. */
  readonly people: Readonly<Record<MembershipRole, TestPerson>>;
}

export type TestClient = TRPCClient<AppRouter>;

export interface TestApi {
  readonly url: string;
  readonly testDatabase: TestDatabase;
  readonly database: Database;
  readonly services: Services;
  readonly workspace: TestWorkspace;
  /** A client over HTTP; a person's own workspace unless another is named, nobody when there is no person. */
  as(person: TestPerson | null, options?: ClientOptions): TestClient;
  /** Another workspace with people of its own. */
  createWorkspace(): Promise<TestWorkspace>;
  /** Somebody with these roles in the workspace. */
  createPerson(workspaceId: string, roles: readonly MembershipRole[]): Promise<TestPerson>;
  /** Signs in by e-mail and password over HTTP, first giving the person the password. */
  signIn(person: TestPerson): Promise<Session>;
  /** What was mailed, the latest last. */
  readonly mails: readonly Mail[];
  stop(): Promise<void>;
}

export interface ClientOptions {
  readonly workspaceId?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AuthenticationOverrides extends Partial<AuthOptions> {
  /** Another process of this API, on the same database; it is stopped first. */
  readonly beside?: TestApi;
  /** Limits of the HTTP server; nobody is held back by their number of requests otherwise. */
  readonly limits?: Partial<HttpLimits>;
  /** The built console that it serves; no pages when absent. */
  readonly consoleDirectory?: string;
  /** How this process connects, when not as the tests do. */
  readonly connectionString?: string;
}

/** The real server on a free port of loopback, on a database of its own. */
export async function startApi(
  overrides: Partial<Services> = {},
  {
    beside,
    limits,
    consoleDirectory,
    connectionString: ownConnection,
    ...authOptions
  }: AuthenticationOverrides = {},
): Promise<TestApi> {
  const testDatabase = beside?.testDatabase ?? (await createTestDatabase());
  const connectionString = ownConnection ?? testDatabase.url;
  const database = openDatabase({ connectionString });
  const directory = await mkdtemp(join(tmpdir(), 'apms-documents-'));
  const integrityAuditor = createIntegrityAuditor({ connectionString: testDatabase.url });
  const changes = openChanges({ connectionString, pool: database.pool });
  const { log } = fastify();
  const accessCache = createAccessCache(changes);
  const mails: Mail[] = [];
  const mailer = { send: async (mail: Mail) => void mails.push(mail) };
  const auth = createAuth({
    database,
    secret: 'the secret of every API process of a test',
    apiUrl: API_URL,
    trustedOrigins: [APP_URL],
    mailer,
    accessCache,
    log,
    signInsPerAddress: 1_000,
    ...authOptions,
  });
  const services: Services = {
    log,
    clock: () => new Date(),
    changes,
    documents: directoryDocumentStore({ directory }),
    integrityAuditor,
    deployments: directoryDeploymentReports({ directory: join(directory, 'deployments') }),
    allowLoopbackWebhooks: false,
    accessCache,
    isKnownElsewhere: createIsKnownElsewhere(database),
    passwordLinks: createPasswordLinks({ database, mailer, apiUrl: API_URL }),
    ...overrides,
  };
  const authenticate = createAuthenticate({ auth, database, accessCache, services });
  const server = await createServer({
    database,
    services,
    auth,
    authenticate,
    appUrl: APP_URL,
    ...(consoleDirectory === undefined ? {} : { consoleDirectory }),
    limits: { requestsPerMinute: 1_000_000, signInsPerMinute: 1_000_000, ...limits },
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const homes = new Map<TestPerson, string>();

  async function createPerson(workspaceId: string, roles: readonly MembershipRole[]): Promise<TestPerson> {
    const person = await insertPerson(database, workspaceId, roles);
    homes.set(person, workspaceId);
    return person;
  }

  async function createWorkspace(): Promise<TestWorkspace> {
    const id = newId();
    await database.prisma.workspace.create({ data: { id, code: `W-${id}`, name: 'A programme' } });
    const person = (role: MembershipRole) => createPerson(id, [role]);
    const [ADMIN, CONFIG_MANAGER, DOC_CONTROL, QA_ENGINEER, APPROVER, VENDOR, VIEWER] = await Promise.all([
      person('ADMIN'),
      person('CONFIG_MANAGER'),
      person('DOC_CONTROL'),
      person('QA_ENGINEER'),
      person('APPROVER'),
      person('VENDOR'),
      person('VIEWER'),
    ]);
    return { id, people: { ADMIN, CONFIG_MANAGER, DOC_CONTROL, QA_ENGINEER, APPROVER, VENDOR, VIEWER } };
  }

  return {
    url,
    testDatabase,
    database,
    services,
    workspace: beside?.workspace ?? (await createWorkspace()),
    createWorkspace,
    createPerson,
    signIn: (person) => signIn(url, database, person),
    mails,
    as: (person, { workspaceId, headers = {} } = {}) => {
      const home = workspaceId === undefined && person !== null ? homes.get(person) : workspaceId;
      return createTRPCClient<AppRouter>({
        links: [
          httpLink({
            url: `${url}/trpc`,
            headers: {
              ...person?.credentials,
              ...(home === undefined || home === null ? {} : { 'x-workspace-id': home }),
              ...headers,
            },
          }),
        ],
      });
    },
    stop: async () => {
      await server.close();
      await changes.close();
      await integrityAuditor.close();
      await database.close();
      if (beside === undefined) await testDatabase.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
