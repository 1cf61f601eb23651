import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { seedShared, seedWorkspace, workspaceIds } from './support/seed-workspace.ts';

const { a, b } = workspaceIds;

let database: TestDatabase;
let client: Client;
let listener: Client;
let received: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  client = await database.connect();
  listener = await database.connect();
  listener.on('notification', ({ payload }) => received.push(payload ?? ''));
  await seedShared(client);
  for (const workspace of ['a', 'b'] as const) await seedWorkspace(client, workspace);
  await client.query(`
    insert into users (id, email, display_name) select 'many-' || n, 'many-' || n || '@example.org', n from generate_series(1, 101) n;
    update workflow_stages set sla_due_at = '2025-01-02', opened_at = '2025-01-01'`);
  await listener.query('listen apms_changes');
});
afterAll(async () => {
  await listener.end();
  await client.end();
  await database.drop();
});

/** Resolves once whatever was sent before has been received. */
async function everythingArrived(): Promise<void> {
  const marker = randomUUID();
  await client.query(`select pg_notify('apms_changes', $1)`, [marker]);
  await expect.poll(() => received.at(-1)).toBe(marker);
}

/** What listeners are told of some statements, committed as one transaction; their effect stays. */
async function messagesOf(...statements: string[]): Promise<string[]> {
  await everythingArrived();
  received = [];
  await client.query(['begin', ...statements, 'commit'].join(';'));
  await everythingArrived();
  return received.slice(0, -1);
}

const parsed = async (...statements: string[]): Promise<unknown[]> =>
  (await messagesOf(...statements)).map((message): unknown => JSON.parse(message));

const inbox = (workspaceId: string, userIds: string[] | null) => ({ kind: 'inbox', workspaceId, userIds });
const access = (userIds: string[] | null) => ({ kind: 'access', userIds });

describe('an inbox', () => {
  beforeEach(async () => {
    await client.query(
      `update workflow_stages set status = 'PENDING', approver_id = 'bob', decision = null, sla_breached_at = null`,
    );
  });

  test.each([
    ['is decided', `update workflow_stages set status = 'APPROVED' where id = 'a-stage'`, ['bob']],
    [
      'is given to another',
      `update workflow_stages set approver_id = 'carol' where id = 'a-stage'`,
      ['bob', 'carol'],
    ],
    [
      'is taken from everybody',
      `update workflow_stages set approver_id = null where id = 'a-stage'`,
      ['bob'],
    ],
    ['is breached', `update workflow_stages set sla_breached_at = now() where id = 'a-stage'`, ['bob']],
    [
      'gets another time limit',
      `update workflow_stages set sla_due_at = '2025-01-03' where id = 'a-stage'`,
      ['bob'],
    ],
  ])('is told when a pending stage %s', async (_, sql, userIds) => {
    expect(await parsed(sql)).toEqual([inbox(a, userIds)]);
    await client.query(`update workflow_stages set sla_due_at = '2025-01-02'`);
  });

  test('is told when a stage opens', async () => {
    await messagesOf(`update workflow_stages set status = 'WAITING'`);
    expect(await parsed(`update workflow_stages set approver_id = 'carol' where id = 'a-stage'`)).toEqual([]);
    expect(
      await parsed(
        `update workflow_stages set approver_id = 'alice', status = 'PENDING' where id = 'a-stage'`,
      ),
    ).toEqual([inbox(a, ['alice'])]);
  });

  test('is told when stages are made or go, once a statement', async () => {
    const made = `insert into workflow_stages (id, workspace_id, workflow_id, role_id, stage_number, sequence_order, approver_id, status, sla_hours)
      select 'new-' || n, '${a}', 'a-workflow', 'a-v2-role', n, n, case n when 10 then 'alice' else 'carol' end,
        case when n < 12 then 'PENDING' else 'WAITING' end, 48 from generate_series(10, 12) n`;
    expect(await parsed(made)).toEqual([inbox(a, ['alice', 'carol'])]);
    expect(await parsed(`delete from workflow_stages where id = 'new-12'`)).toEqual([]);
    expect(await parsed(`delete from workflow_stages where id like 'new-%'`)).toEqual([
      inbox(a, ['alice', 'carol']),
    ]);
  });

  test('is told once a workspace, whoever changes many', async () => {
    const messages = await parsed(
      'set local role apms_jobs',
      `update workflow_stages set sla_breached_at = now()`,
    );
    expect(messages).toHaveLength(2);
    expect(messages).toEqual(expect.arrayContaining([inbox(a, ['bob']), inbox(b, ['bob'])]));
  });

  test('is told to the API as it works in a workspace', async () => {
    expect(
      await parsed(
        'set local role apms_api',
        `set local app.workspace_id = '${a}'`,
        `update workflow_stages set status = 'APPROVED'`,
      ),
    ).toEqual([inbox(a, ['bob'])]);
  });

  test.each([
    ['nothing that it shows', `update workflow_stages set comment = 'x', updated_at = now()`],
    ['nothing at all', `update workflow_stages set status = status, approver_id = approver_id`],
    ['no row', `update workflow_stages set status = 'APPROVED' where id = 'none'`],
  ])('hears nothing when a statement changes %s', async (_, sql) => {
    expect(await messagesOf(sql)).toEqual([]);
  });

  test('hears nothing of what is rolled back', async () => {
    const undone = [`savepoint s`, `update workflow_stages set status = 'APPROVED'`, 'rollback to s'];
    expect(await messagesOf(...undone)).toEqual([]);
  });

  test('is told to everybody when it concerns more than a hundred', async () => {
    const stages = (many: number) => `
      insert into workflow_stages (id, workspace_id, workflow_id, role_id, stage_number, sequence_order, approver_id, status, sla_hours)
      select 'bulk-' || n, '${a}', 'a-workflow', 'a-v2-role', 100 + n, 100 + n, 'many-' || n, 'PENDING', 48 from generate_series(1, ${many}) n`;
    const [named] = await parsed(stages(100), `delete from workflow_stages where id like 'bulk-%'`);
    expect(named).toMatchObject({ userIds: expect.arrayContaining(['many-1', 'many-100']) });
    expect(await parsed(stages(101))).toEqual([inbox(a, null)]);
    expect(await parsed(`delete from workflow_stages where id like 'bulk-%'`)).toEqual([inbox(a, null)]);
  });

  test('is told to everybody when the names alone would be too long', async () => {
    const long = 'x'.repeat(2000);
    await client.query(`insert into users (id, email, display_name)
      select n || '${long}', 'long-' || n || '@example.org', n from generate_series(1, 4) n`);
    const stages = `
      insert into workflow_stages (id, workspace_id, workflow_id, role_id, stage_number, sequence_order, approver_id, status, sla_hours)
      select 'long-' || n, '${a}', 'a-workflow', 'a-v2-role', 300 + n, 300 + n, n || '${long}', 'PENDING', 48 from generate_series(1, 4) n`;
    expect(await parsed(stages)).toEqual([inbox(a, null)]);
    await messagesOf(`delete from workflow_stages where id like 'long-%'`);
  });
});

describe('access', () => {
  beforeEach(async () => {
    await client.query(`
      update users set status = 'ACTIVE';
      delete from workspace_memberships where id in ('m', 'new');
      insert into workspace_memberships (id, workspace_id, user_id, role) values ('m', '${a}', 'bob', 'VIEWER');
      delete from sessions;
      insert into sessions (id, user_id, token, expires_at) values
        ('open', 'alice', 'open', now() + interval '1 day'), ('expired', 'bob', 'expired', now() - interval '1 day');
      delete from api_keys;
      insert into api_keys (id, reference_id, key) values ('key', 'carol', 'key')`);
  });

  test.each([
    ['a person is suspended', `update users set status = 'SUSPENDED' where id = 'bob'`, ['bob']],
    [
      'somebody becomes a member',
      `insert into workspace_memberships (id, workspace_id, user_id, role) values ('new', '${a}', 'carol', 'VIEWER')`,
      ['carol'],
    ],
    [
      'a member gets another role',
      `update workspace_memberships set role = 'APPROVER' where id = 'm'`,
      ['bob'],
    ],
    [
      'a membership passes to another',
      `update workspace_memberships set user_id = 'carol' where id = 'm'`,
      ['bob', 'carol'],
    ],
    ['a member leaves', `delete from workspace_memberships where id = 'm'`, ['bob']],
    ['a session ends', `delete from sessions where id in ('open', 'expired')`, ['alice']],
    ['a key is disabled', `update api_keys set enabled = false`, ['carol']],
    ['a key gets an end', `update api_keys set expires_at = '2030-01-01'`, ['carol']],
    ['a key may do less', `update api_keys set permissions = '{}'`, ['carol']],
    ['a key is bound otherwise', `update api_keys set metadata = '{}'`, ['carol']],
    ['a key is deleted', 'delete from api_keys', ['carol']],
  ])('is told when %s', async (_, sql, userIds) => {
    const [message, ...others] = await parsed(sql);
    expect(others).toEqual([]);
    expect(message).toEqual(access(expect.arrayContaining(userIds)));
    expect(message).toMatchObject({ userIds: { length: userIds.length } });
  });

  test.each([
    [
      'a person changes the name',
      `update users set display_name = 'Bob', updated_at = now() where id = 'bob'`,
    ],
    [
      'a person is made',
      `insert into users (id, email, display_name) values ('made', 'made@example.org', 'Made')`,
    ],
    ['a membership is touched', `update workspace_memberships set updated_at = now()`],
    [
      'a session begins',
      `insert into sessions (id, user_id, token, expires_at) values ('late', 'bob', 'late', '2020-01-01')`,
    ],
    ['what has expired is cleaned up', `delete from sessions where expires_at < now()`],
    ['a key is made', `insert into api_keys (id, reference_id, key) values ('second', 'bob', 'second')`],
    ['a key is used', `update api_keys set request_count = request_count + 1, last_request = now()`],
  ])('is not told when %s', async (_, sql) => {
    expect(await messagesOf(sql)).toEqual([]);
  });

  test('is told to everybody when it concerns more than a hundred', async () => {
    expect(await parsed(`update users set status = 'INACTIVE' where id like 'many-%'`)).toEqual([
      access(null),
    ]);
  });
});
