import { newId } from '@apms/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDraftRows, type DraftRows } from './support/draft-rows.ts';
import { activateVersion } from './support/draft-version.ts';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient } from './support/start-api.ts';
import { statementsOf } from './support/statements-of.ts';

let api: TestApi;
let manager: TestClient;
let draft: DraftRows;
let people: string[];

beforeAll(async () => {
  api = await startApi();
  manager = api.as(api.workspace.people.CONFIG_MANAGER);
  draft = await createDraftRows(api);
  people = Object.values(api.workspace.people).map(({ userId }) => userId);
});
afterAll(() => api.stop());

/** A seat in which nobody sits yet. */
async function newSeat(): Promise<{ clusterId: string; roleId: string }> {
  const { configVersionId, scope, roles } = draft;
  const cluster = await manager.clusters.create.mutate({
    configVersionId,
    scopeId: scope.id,
    clusterCode: newId(),
  });
  return { clusterId: cluster.id, roleId: roles[0].id };
}

const person = (index: number) => ({ userId: people[index] ?? '' });

describe('set', () => {
  test('makes these the people of the seat, in this order, as often as it is called', async () => {
    const seat = await newSeat();
    const period = { effectiveFrom: '2026-01-01', effectiveTo: '2026-12-31' };
    const { approvers } = await manager.clusterApprovers.set.mutate({
      ...seat,
      people: [{ ...person(0), ...period }, person(1)],
    });
    expect(approvers).toMatchObject([
      {
        ...seat,
        ...person(0),
        ...period,
        rank: 1,
        roleCode: 'RTS',
        scopeCode: 'RAN',
        personStatus: 'ACTIVE',
      },
      { ...seat, ...person(1), rank: 2, effectiveFrom: null, effectiveTo: null, sourceSheet: null },
    ]);
    const [primary] = approvers;
    expect(await manager.clusterApprovers.get.query({ clusterApproverId: primary?.id ?? '' })).toEqual(
      primary,
    );
    const again = await manager.clusterApprovers.set.mutate({ ...seat, people: [person(2), person(0)] });
    expect(again.approvers.map(({ rank, userId }) => ({ rank, userId }))).toEqual([
      { rank: 1, ...person(2) },
      { rank: 2, ...person(0) },
    ]);
    expect((await manager.clusterApprovers.set.mutate({ ...seat, people: [] })).approvers).toEqual([]);
  });

  test('leaves one whole list when two come at once', async () => {
    const seat = await newSeat();
    await Promise.all(
      [
        [person(0), person(1)],
        [person(2), person(0), person(1)],
      ].map((list) => manager.clusterApprovers.set.mutate({ ...seat, people: list })),
    );
    const { configVersionId } = draft;
    const { items } = await manager.clusterApprovers.list.query({
      configVersionId,
      clusterId: seat.clusterId,
    });
    expect([2, 3]).toContain(items.length);
    expect(items.map(({ rank }) => rank)).toEqual(items.map((_, index) => index + 1));
  });

  test('refuses strangers, seats of another version, people twice and periods that end before they start', async () => {
    const seat = await newSeat();
    const stranger = (await api.createWorkspace()).people.APPROVER.userId;
    expect(
      await failureOf(
        manager.clusterApprovers.set.mutate({ ...seat, people: [person(0), { userId: stranger }] }),
      ),
    ).toEqual({ code: 'REFERENCE_NOT_FOUND', entity: 'users', field: 'people.1.userId', id: stranger });
    const other = await createDraftRows(api);
    const roleId = other.roles[0].id;
    expect(
      await failureOf(manager.clusterApprovers.set.mutate({ ...seat, roleId, people: [] })),
    ).toMatchObject({
      code: 'REFERENCE_NOT_FOUND',
      entity: 'approval_role_master',
      field: 'roleId',
    });
    for (const [list, path] of [
      [[person(0), person(0)], ['people']],
      [
        [{ ...person(0), effectiveFrom: '2026-02-01', effectiveTo: '2026-01-31' }],
        ['people', 0, 'effectiveTo'],
      ],
      [[{ ...person(0), effectiveFrom: '2026-02-30' }], ['people', 0, 'effectiveFrom']],
    ] as const) {
      await expect(manager.clusterApprovers.set.mutate({ ...seat, people: [...list] })).rejects.toMatchObject(
        { data: { inputIssues: [{ path }] } },
      );
    }
  });
});

describe('single people', () => {
  test('join as the last, are replaced, and leave; those behind move up', async () => {
    const seat = await newSeat();
    const joined = [];
    for (const index of [0, 1, 2]) {
      joined.push(await manager.clusterApprovers.create.mutate({ ...seat, ...person(index) }));
    }
    expect(joined.map(({ rank }) => rank)).toEqual([1, 2, 3]);
    const [primary, backup] = joined.map(({ id }) => ({ clusterApproverId: id }));
    if (primary === undefined || backup === undefined) throw new Error('three were added');
    const userId = people[3] ?? '';
    const replaced = await manager.clusterApprovers.update.mutate({
      ...backup,
      userId,
      effectiveTo: '2026-06-30',
    });
    expect(replaced).toMatchObject({ userId, rank: 2, effectiveTo: '2026-06-30' });
    expect(
      await failureOf(manager.clusterApprovers.update.mutate({ ...backup, effectiveFrom: '2026-07-01' })),
    ).toMatchObject({
      code: 'CONSTRAINT_VIOLATED',
      constraint: 'ck_cluster_approver_master_effective_period',
    });
    await manager.clusterApprovers.delete.mutate(primary);
    const { items } = await manager.clusterApprovers.list.query({
      configVersionId: draft.configVersionId,
      clusterId: seat.clusterId,
    });
    expect(items.map(({ rank, userId: id }) => [rank, id])).toEqual([
      [1, userId],
      [2, people[2]],
    ]);
    expect(await failureOf(manager.clusterApprovers.delete.mutate(primary))).toMatchObject({
      code: 'ENTITY_NOT_FOUND',
      entity: 'clusterApprover',
    });
  });

  test('who leave at once leave no gap', async () => {
    const seat = await newSeat();
    const { approvers } = await manager.clusterApprovers.set.mutate({
      ...seat,
      people: people.slice(0, 5).map((userId) => ({ userId })),
    });
    await Promise.all(
      approvers
        .slice(0, 3)
        .map(({ id }) => manager.clusterApprovers.delete.mutate({ clusterApproverId: id })),
    );
    const { items } = await manager.clusterApprovers.list.query({
      configVersionId: draft.configVersionId,
      clusterId: seat.clusterId,
    });
    expect(items.map(({ rank }) => rank).toSorted()).toEqual([1, 2]);
  });
});

test('list joins names, filters and pages in one statement; an active version is only read', async () => {
  const { configVersionId, cluster, roles } = await createDraftRows(api);
  const [rts, rth] = roles;
  await manager.clusterApprovers.set.mutate({
    clusterId: cluster.id,
    roleId: rts.id,
    people: [person(0), person(1)],
  });
  const { approvers } = await manager.clusterApprovers.set.mutate({
    clusterId: cluster.id,
    roleId: rth.id,
    people: [person(2)],
  });
  const seats = async (filter: object) =>
    (await manager.clusterApprovers.list.query({ configVersionId, ...filter })).items.map(
      ({ roleCode, rank }) => `${roleCode} ${rank}`,
    );
  expect(await seats({})).toEqual(['RTS 1', 'RTS 2', 'RTH 1']);
  expect(await seats({ roleCode: 'RTH' })).toEqual(['RTH 1']);
  expect(await seats({ rank: 1, clusterCode: 'CL-1', scopeCode: 'RAN' })).toEqual(['RTS 1', 'RTH 1']);
  expect(await seats({ userId: people[1] })).toEqual(['RTS 2']);
  expect(await seats({ personStatus: 'SUSPENDED' })).toEqual([]);
  expect(await seats({ search: 'config_man' })).toEqual(['RTS 2']);
  for (const sort of ['added', 'clusterCode', 'personName'] as const) {
    const page = await manager.clusterApprovers.list.query({ configVersionId, sort, limit: 2 });
    const rest = await seats({ sort, limit: 2, cursor: page.nextCursor ?? '' });
    expect([...page.items, ...rest]).toHaveLength(3);
  }
  expect(await statementsOf('cluster_approver_master', () => seats({}))).toHaveLength(1);
  await activateVersion(api, configVersionId);
  const refused = { code: 'CONFIG_VERSION_NOT_DRAFT', configVersionId, status: 'ACTIVE' };
  const seat = { clusterId: cluster.id, roleId: rts.id };
  const clusterApproverId = approvers[0]?.id ?? '';
  expect(await failureOf(manager.clusterApprovers.set.mutate({ ...seat, people: [] }))).toEqual(refused);
  expect(await failureOf(manager.clusterApprovers.create.mutate({ ...seat, ...person(2) }))).toEqual(refused);
  expect(
    await failureOf(manager.clusterApprovers.update.mutate({ clusterApproverId, ...person(0) })),
  ).toEqual(refused);
  expect(await failureOf(manager.clusterApprovers.delete.mutate({ clusterApproverId }))).toEqual(refused);
  expect(await seats({})).toHaveLength(3);
});

test('another workspace finds nothing', async () => {
  const seat = await newSeat();
  const { approvers } = await manager.clusterApprovers.set.mutate({ ...seat, people: [person(0)] });
  const stranger = api.as((await api.createWorkspace()).people.ADMIN);
  const clusterApproverId = approvers[0]?.id ?? '';
  const missing = { code: 'ENTITY_NOT_FOUND' };
  expect(await failureOf(stranger.clusterApprovers.get.query({ clusterApproverId }))).toMatchObject(missing);
  expect(await failureOf(stranger.clusterApprovers.set.mutate({ ...seat, people: [] }))).toMatchObject(
    missing,
  );
  expect(await failureOf(stranger.clusterApprovers.create.mutate({ ...seat, ...person(0) }))).toMatchObject(
    missing,
  );
  expect(await failureOf(stranger.clusterApprovers.delete.mutate({ clusterApproverId }))).toMatchObject(
    missing,
  );
});
