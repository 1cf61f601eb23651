import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

test('list shows the workspaces of the caller with their roles, and no others', async () => {
  const second = await api.createWorkspace();
  const person = await api.createPerson(api.workspace.id, ['VIEWER', 'VENDOR']);
  await api.database.prisma.workspaceMembership.create({
    data: { workspaceId: second.id, userId: person.userId, role: 'ADMIN' },
  });
  await api.createWorkspace();
  const workspaces = await api.as(person, { workspaceId: null }).workspaces.list.query({});
  expect(workspaces.map(({ id }) => id).toSorted()).toEqual([api.workspace.id, second.id].toSorted());
  const roles = workspaces.find(({ id }) => id === api.workspace.id)?.roles;
  expect(roles?.toSorted()).toEqual(['VENDOR', 'VIEWER']);
});

test('an ADMIN renames the workspace, which everybody there sees; the code stays', async () => {
  const { id, people } = await api.createWorkspace();
  const name = "North'); drop table workspaces; --";
  const renamed = await api.as(people.ADMIN).workspaces.update.mutate({ name });
  expect(renamed).toMatchObject({ id, name, code: `W-${id}`, isActive: true });
  expect(await api.as(people.VIEWER).workspaces.get.query({})).toEqual(renamed);
  const events = await api.database.prisma.auditEvent.findMany({ where: { workspaceId: id } });
  expect(events).toMatchObject([{ action: 'workspaces.update', entityId: id, details: { name } }]);
});

test('others cannot, nor with a name that says nothing', async () => {
  const { CONFIG_MANAGER, ADMIN } = api.workspace.people;
  expect(await failureOf(api.as(CONFIG_MANAGER).workspaces.update.mutate({ name: 'x' }))).toEqual({
    code: 'PERMISSION_DENIED',
    permission: 'workspace.manage',
  });
  expect(await failureOf(api.as(ADMIN).workspaces.update.mutate({ name: '  ' }))).toEqual({
    code: 'INPUT_INVALID',
  });
});
