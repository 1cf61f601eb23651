import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const defaults = {
  stageSlaHours: 48,
  finalStageSlaHours: 24,
  scopeCategories: {},
  alertEmails: [],
  alertWebhookUrl: null,
  orphanAlertSeverity: 'WARNING',
  orphanAlertMinimum: 1,
  slaAlertMinimum: 1,
  updatedById: null,
  updatedByName: null,
  updatedAt: null,
};

async function newManager() {
  const { people } = await api.createWorkspace();
  return {
    person: people.CONFIG_MANAGER,
    client: api.as(people.CONFIG_MANAGER),
    viewer: api.as(people.VIEWER),
  };
}

test('hold the defaults until somebody sets them, then what was set', async () => {
  const { person, client } = await newManager();
  expect(await client.workspaceSettings.get.query()).toEqual(defaults);
  const set = {
    stageSlaHours: 36,
    scopeCategories: { MW: 'SOFTWARE' as const },
    alertEmails: ['Ops@Example.com', 'ops@example.com', 'noc@example.com'],
    alertWebhookUrl: 'https://hooks.example.com/services/secret',
    orphanAlertSeverity: 'CRITICAL' as const,
    orphanAlertMinimum: 10,
    slaAlertMinimum: 5,
  };
  const settings = await client.workspaceSettings.update.mutate(set);
  expect(settings).toMatchObject({
    ...defaults,
    ...set,
    alertEmails: ['ops@example.com', 'noc@example.com'],
    updatedById: person.userId,
    updatedByName: 'CONFIG_MANAGER',
    updatedAt: expect.any(String),
  });
  const cleared = await client.workspaceSettings.update.mutate({ alertWebhookUrl: null });
  expect(cleared).toMatchObject({ stageSlaHours: 36, alertWebhookUrl: null });
  expect(await client.workspaceSettings.get.query()).toEqual(cleared);
  const { people } = await api.createWorkspace();
  expect(await api.as(people.ADMIN).workspaceSettings.get.query()).toEqual(defaults);
});

test('are recorded, but not the path of a webhook, which is a secret', async () => {
  const { person, client } = await newManager();
  await client.workspaceSettings.update.mutate({
    alertWebhookUrl: 'https://hooks.example.com/services/secret',
  });
  const events = await api.database.prisma.auditEvent.findMany({ where: { actorId: person.userId } });
  expect(events).toMatchObject([
    { action: 'workspaceSettings.update', details: { alertWebhookUrl: 'https://hooks.example.com' } },
  ]);
});

test('are all kept when several people set them for the first time at once', async () => {
  const { client } = await newManager();
  await Promise.all([
    client.workspaceSettings.update.mutate({ stageSlaHours: 10 }),
    client.workspaceSettings.update.mutate({ finalStageSlaHours: 5 }),
    client.workspaceSettings.update.mutate({ alertEmails: ['a@example.com'] }),
  ]);
  expect(await client.workspaceSettings.get.query()).toMatchObject({
    stageSlaHours: 10,
    finalStageSlaHours: 5,
    alertEmails: ['a@example.com'],
  });
});

describe('are refused', () => {
  test.each([
    [{ stageSlaHours: 0 }, ['stageSlaHours']],
    [{ finalStageSlaHours: 1.5 }, ['finalStageSlaHours']],
    [{ alertEmails: ['nobody'] }, ['alertEmails', 0]],
    [{ alertWebhookUrl: 'file:///etc/passwd' }, ['alertWebhookUrl']],
    [{ alertWebhookUrl: 'hooks' }, ['alertWebhookUrl']],
    [{ scopeCategories: { '': 'BOTH' as const } }, ['scopeCategories', '']],
    [{ orphanAlertMinimum: 0 }, ['orphanAlertMinimum']],
    [{ slaAlertMinimum: 1.5 }, ['slaAlertMinimum']],
  ])('%j', async (wrong, path) => {
    const { client } = await newManager();
    await expect(client.workspaceSettings.update.mutate(wrong)).rejects.toMatchObject({
      data: { appError: { code: 'INPUT_INVALID' }, inputIssues: [{ path }] },
    });
  });

  test.each([
    'http://hooks.example.com/',
    'https://169.254.169.254/',
    'http://127.0.0.1:9/',
    'https://u:p@example.com/',
  ])('the webhook %s', async (alertWebhookUrl) => {
    const { client } = await newManager();
    expect(await failureOf(client.workspaceSettings.update.mutate({ alertWebhookUrl }))).toMatchObject({
      code: 'CONSTRAINT_VIOLATED',
      entity: 'workspace_settings',
      constraint: expect.stringMatching(/^alertWebhookUrl must /),
    });
    expect(await client.workspaceSettings.get.query()).toEqual(defaults);
  });

  test('to others', async () => {
    const { viewer } = await newManager();
    const permission = 'settings.read';
    expect(await failureOf(viewer.workspaceSettings.get.query())).toEqual({
      code: 'PERMISSION_DENIED',
      permission,
    });
    expect(await failureOf(viewer.workspaceSettings.update.mutate({ stageSlaHours: 1 }))).toEqual({
      code: 'PERMISSION_DENIED',
      permission: 'settings.manage',
    });
  });
});
