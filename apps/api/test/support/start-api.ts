import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, newId, openDatabase } from '@apms/db';
import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import { MembershipRole } from '@apms/validators';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import { fastify } from 'fastify';
import { directoryDocumentStore } from '../../src/directory-document-store.ts';
import type { AppRouter } from '../../src/index.ts';
import { createServer } from '../../src/server.ts';
import type { Services } from '../../src/services.ts';

/** Somebody who can call the API. */
export interface TestPerson {
  readonly userId: string;
  readonly email: string;
  /** Headers that make a request theirs. */
  readonly credentials: Readonly<Record<string, string>>;
}

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
  stop(): Promise<void>;
}

export interface ClientOptions {
  readonly workspaceId?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The real server on a free port of loopback, on a database of its own. */
export async function startApi(overrides: Partial<Services> = {}): Promise<TestApi> {
  const testDatabase = await createTestDatabase();
  const database = openDatabase({ connectionString: testDatabase.url });
  const directory = await mkdtemp(join(tmpdir(), 'apms-documents-'));
  const services: Services = {
    log: fastify().log,
    clock: () => new Date(),
    documents: directoryDocumentStore({ directory }),
    ...overrides,
  };
  const server = await createServer({
    database,
    services,
    authenticate: async (headers) => {
      const userId = headers['x-api-key'];
      if (typeof userId !== 'string') return null;
      const user = await database.prisma.user.findUnique({ where: { id: userId } });
      if (user === null) return null;
      const rows = await database.prisma.workspaceMembership.findMany({ where: { userId } });
      const ids = [...new Set(rows.map((row) => row.workspaceId))];
      return {
        userId,
        email: user.email,
        name: user.name,
        credential: 'apiKey',
        memberships: ids.map((workspaceId) => ({
          workspaceId,
          roles: rows
            .filter((row) => row.workspaceId === workspaceId)
            .map(({ role }) => MembershipRole.parse(role)),
        })),
      };
    },
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const homes = new Map<TestPerson, string>();

  async function createPerson(workspaceId: string, roles: readonly MembershipRole[]): Promise<TestPerson> {
    const userId = newId();
    const email = `${userId}@people.example`;
    await database.prisma.user.create({
      data: { id: userId, email, name: roles.join(' '), status: 'ACTIVE' },
    });
    await database.prisma.workspaceMembership.createMany({
      data: roles.map((role) => ({ workspaceId, userId, role })),
    });
    const person = { userId, email, credentials: { 'x-api-key': userId } };
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
    workspace: await createWorkspace(),
    createWorkspace,
    createPerson,
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
      await database.close();
      await testDatabase.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A key for one mutation. */
export function idempotencyKey(): string {
  return randomUUID();
}
