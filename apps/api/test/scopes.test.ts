import { newId, Prisma } from '@apms/db';
import type { CreateScope, Scope } from '@apms/validators';
import type { inferProcedureInput, inferProcedureOutput } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { constraintsOf } from '../src/constraints.ts';
import { explainFailure } from '../src/explain-failure.ts';
import type { AppRouter } from '../src/index.ts';
import { activateVersion, insertDraft } from './support/draft-version.ts';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient } from './support/start-api.ts';
import { statementsOf } from './support/statements-of.ts';

let api: TestApi;
let manager: TestClient;

beforeAll(async () => {
  api = await startApi();
  manager = api.as(api.workspace.people.CONFIG_MANAGER);
});
afterAll(() => api.stop());

type NewScope = Pick<CreateScope, 'configVersionId' | 'scopeCode' | 'scopeName' | 'scopeGroup'>;
const newScope = (configVersionId: string, scopeCode = 'RAN'): NewScope => ({
  configVersionId,
  scopeCode,
  scopeName: `Scope ${scopeCode}`,
  scopeGroup: 'RAN',
});

describe('editing a DRAFT', () => {
  test('adds, changes and deletes, records each and validates the version anew', async () => {
    const configVersionId = await insertDraft(api);
    const scope = await manager.scopes.create.mutate(newScope(configVersionId));
    expect(scope).toMatchObject({ ...newScope(configVersionId), atpCategory: 'BOTH', requiresCluster: true });
    expect(await manager.scopes.get.query({ scopeId: scope.id })).toEqual(scope);
    const version = await api.database.prisma.configVersion.findUniqueOrThrow({
      where: { id: configVersionId },
    });
    expect(version.validationStatus).toBe('WARNINGS');
    const changed = await manager.scopes.update.mutate({
      scopeId: scope.id,
      scopeName: 'Radio',
      isActive: false,
    });
    expect(changed).toEqual({ ...scope, scopeName: 'Radio', isActive: false });
    expect(await manager.scopes.update.mutate({ scopeId: scope.id })).toEqual(changed);
    expect(await manager.scopes.delete.mutate({ scopeId: scope.id })).toEqual({ scopeId: scope.id });
    expect(await failureOf(manager.scopes.get.query({ scopeId: scope.id }))).toEqual({
      code: 'ENTITY_NOT_FOUND',
      entity: 'scope',
      id: scope.id,
    });
    const events = await api.database.prisma.auditEvent.findMany({
      where: { entityId: scope.id },
      orderBy: { id: 'asc' },
    });
    expect(events.map(({ action }) => action)).toEqual([
      'scopes.create',
      'scopes.update',
      'scopes.update',
      'scopes.delete',
    ]);
  });

  test('refuses a second scope of a code, also when both come at once', async () => {
    const configVersionId = await insertDraft(api);
    const answers = await Promise.allSettled(
      Array.from({ length: 8 }, () => manager.scopes.create.mutate(newScope(configVersionId))),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await failureOf(manager.scopes.create.mutate(newScope(configVersionId)))).toEqual({
      code: 'ENTITY_DUPLICATE',
      entity: 'atp_scope_master',
      fields: ['scopeCode'],
      value: 'RAN',
    });
  });

  test('refuses to delete what a cluster or a policy uses', async () => {
    const configVersionId = await insertDraft(api);
    const { id: scopeId } = await manager.scopes.create.mutate(newScope(configVersionId));
    await manager.clusters.create.mutate({ configVersionId, scopeId, clusterCode: 'CL-1' });
    expect(await failureOf(manager.scopes.delete.mutate({ scopeId }))).toEqual({
      code: 'ENTITY_IN_USE',
      entity: 'atp_scope_master',
      id: scopeId,
      usedBy: 'cluster_master',
    });
  });

  test.each([
    [{ scopeCode: '' }],
    [{ scopeCode: 'x'.repeat(81) }],
    [{ scopeName: 'a\0b' }],
    [{ scopeGroup: 'ran' }],
    [{ atpType: 'ALL' }],
    [{ isActive: 'yes' }],
  ])('refuses %j', async (wrong) => {
    const configVersionId = await insertDraft(api);
    const response = await fetch(`${api.url}/trpc/scopes.create`, {
      method: 'POST',
      headers: {
        ...api.workspace.people.CONFIG_MANAGER.credentials,
        'x-workspace-id': api.workspace.id,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ ...newScope(configVersionId), ...wrong }),
    });
    expect(await response.json()).toMatchObject({
      error: { data: { appError: { code: 'INPUT_INVALID' }, inputIssues: [{ path: Object.keys(wrong) }] } },
    });
  });
});

describe('a version that is no DRAFT', () => {
  test('is read and not edited', async () => {
    const configVersionId = await insertDraft(api);
    const scope = await manager.scopes.create.mutate(newScope(configVersionId));
    await activateVersion(api, configVersionId);
    const refused = { code: 'CONFIG_VERSION_NOT_DRAFT', configVersionId, status: 'ACTIVE' };
    const scopeId = scope.id;
    expect(await failureOf(manager.scopes.create.mutate(newScope(configVersionId, 'MW')))).toEqual(refused);
    expect(await failureOf(manager.scopes.update.mutate({ scopeId, isActive: false }))).toEqual(refused);
    expect(await failureOf(manager.scopes.delete.mutate({ scopeId }))).toEqual(refused);
    expect((await manager.scopes.list.query({ configVersionId })).items).toEqual([scope]);
  });

  test('gets nothing from an edit that races with its activation', async () => {
    for (let round = 0; round < 5; round++) {
      const configVersionId = await insertDraft(api);
      const { id: scopeId } = await manager.scopes.create.mutate(newScope(configVersionId));
      const [activated, ...edits] = await Promise.allSettled([
        activateVersion(api, configVersionId).then(() => Date.now()),
        ...Array.from({ length: 4 }, (_, index) =>
          manager.scopes.update.mutate({ scopeId, scopeName: `Name ${index}` }),
        ),
      ]);
      expect(activated.status).toBe('fulfilled');
      const { scopeName } = await manager.scopes.get.query({ scopeId });
      const refused = edits.filter((edit) => edit.status === 'rejected').map(({ reason }) => reason);
      expect(refused).toEqual(
        refused.map(() =>
          expect.objectContaining({
            data: expect.objectContaining({
              appError: { code: 'CONFIG_VERSION_NOT_DRAFT', configVersionId, status: 'ACTIVE' },
            }),
          }),
        ),
      );
      const done = edits.flatMap((edit) => (edit.status === 'fulfilled' ? [edit.value.scopeName] : []));
      expect([...done, 'Scope RAN']).toContain(scopeName);
    }
  });

  test('is refused by the database too, which is told as the same error', async () => {
    const configVersionId = await insertDraft(api);
    const { id } = await manager.scopes.create.mutate(newScope(configVersionId));
    await activateVersion(api, configVersionId);
    const constraints = await constraintsOf(api.database);
    for (const statement of [
      Prisma.sql`update atp_scope_master set scope_name = 'x' where id = ${id}`,
      Prisma.sql`update config_versions set notes = 'x' where id = ${configVersionId}`,
    ]) {
      const { workspace, database } = api;
      const { userId } = workspace.people.ADMIN;
      const failure: unknown = await database
        .inWorkspace({ workspaceId: workspace.id, userId })
        .transaction((tx) => tx.query(statement))
        .catch((error: unknown) => error);
      expect(explainFailure(failure, { constraints, input: null }).data).toEqual({
        code: 'CONFIG_VERSION_NOT_DRAFT',
        configVersionId,
        status: 'ACTIVE',
      });
    }
  });
});

describe('list', () => {
  test('filters, sorts and pages in one statement', async () => {
    const configVersionId = await insertDraft(api);
    for (const code of ['C', 'A', 'D', 'B']) {
      await manager.scopes.create.mutate({
        ...newScope(configVersionId, code),
        scopeGroup: code < 'C' ? 'PLN' : 'CME',
      });
    }
    const first = await manager.scopes.list.query({ configVersionId, limit: 3 });
    const second = await manager.scopes.list.query({
      configVersionId,
      limit: 3,
      cursor: first.nextCursor ?? '',
    });
    expect([...first.items, ...second.items].map(({ scopeCode }) => scopeCode)).toEqual(['A', 'B', 'C', 'D']);
    expect(second.nextCursor).toBeNull();
    const filtered = { configVersionId, scopeGroup: 'PLN', sort: 'scopeName', direction: 'desc' } as const;
    expect((await manager.scopes.list.query(filtered)).items.map(({ scopeCode }) => scopeCode)).toEqual([
      'B',
      'A',
    ]);
    expect((await manager.scopes.list.query({ configVersionId, search: 'scope d' })).items).toHaveLength(1);
    expect((await manager.scopes.list.query({ configVersionId, isActive: false })).items).toEqual([]);
    const statements = await statementsOf('atp_scope_master', () =>
      manager.scopes.list.query({ configVersionId }),
    );
    expect(statements).toHaveLength(1);
  });

  test('tells an empty version from none', async () => {
    const configVersionId = await insertDraft(api);
    expect(await manager.scopes.list.query({ configVersionId })).toEqual({ items: [], nextCursor: null });
    const id = newId();
    expect(await failureOf(manager.scopes.list.query({ configVersionId: id }))).toEqual({
      code: 'ENTITY_NOT_FOUND',
      entity: 'configVersion',
      id,
    });
  });
});

test('another workspace sees nothing of it', async () => {
  const configVersionId = await insertDraft(api);
  const { id: scopeId } = await manager.scopes.create.mutate(newScope(configVersionId));
  const stranger = api.as((await api.createWorkspace()).people.ADMIN);
  const missing = { code: 'ENTITY_NOT_FOUND' };
  expect(await failureOf(stranger.scopes.get.query({ scopeId }))).toMatchObject(missing);
  expect(await failureOf(stranger.scopes.list.query({ configVersionId }))).toMatchObject(missing);
  expect(await failureOf(stranger.scopes.create.mutate(newScope(configVersionId, 'X')))).toMatchObject(
    missing,
  );
  expect(await failureOf(stranger.scopes.update.mutate({ scopeId, isActive: false }))).toMatchObject(missing);
  expect(await failureOf(stranger.scopes.delete.mutate({ scopeId }))).toMatchObject(missing);
});

test('a change happens once for twenty simultaneous calls with one key', async () => {
  const configVersionId = await insertDraft(api);
  const once = api.as(api.workspace.people.CONFIG_MANAGER, { headers: { 'idempotency-key': newId() } });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => once.scopes.create.mutate(newScope(configVersionId))),
  );
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
});

test('types: what a DRAFT is given needs no defaults', () => {
  expectTypeOf<inferProcedureOutput<AppRouter['scopes']['get']>>().toEqualTypeOf<Scope>();
  expectTypeOf<NewScope>().toExtend<inferProcedureInput<AppRouter['scopes']['create']>>();
});
