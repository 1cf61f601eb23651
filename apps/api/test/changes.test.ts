import { newId } from '@apms/db';
import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { AnnouncedChange, Change } from '../src/change.ts';
import { type Changes, type ChangesOptions, openChanges } from '../src/changes.ts';

let testDatabase: TestDatabase;
let pool: Pool;
const opened: Changes[] = [];
const workspaceId = newId();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  pool = new Pool({ connectionString: testDatabase.url, max: 2 });
  pool.on('error', () => undefined);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((changes) => changes.close()));
});
afterAll(async () => {
  await pool.end();
  await testDatabase.drop();
});

/** What one process of the API opens. */
async function openProcess(options: Partial<ChangesOptions> = {}): Promise<Changes> {
  const changes = openChanges({ connectionString: testDatabase.url, pool, ...options });
  opened.push(changes);
  await vi.waitFor(() => expect(changes.isListening()).toBe(true), { timeout: 10_000 });
  return changes;
}

const inbox = (userId: string): AnnouncedChange => ({ kind: 'inbox', workspaceId, userIds: [userId] });
const everything = () => true;
const endless = new AbortController().signal;

async function nextOf(changes: AsyncIterator<Change>): Promise<Change | undefined> {
  const { value } = await changes.next();
  return value;
}

test('a change reaches the subscribers of every process who want it', async () => {
  const [one, two] = await Promise.all([openProcess(), openProcess()]);
  const here = one.subscribe(everything, endless);
  const there = two.subscribe((change) => change.kind === 'inbox' && change.userIds?.[0] === 'b', endless);
  await one.publish(inbox('a'));
  await one.publish(inbox('b'));
  expect(await nextOf(here)).toEqual(inbox('a'));
  expect(await nextOf(here)).toEqual(inbox('b'));
  expect(await nextOf(there)).toEqual(inbox('b'));
  expect(two.stats()).toMatchObject({ received: 2, subscribers: 1 });
});

test('a subscription ends with its signal, when it is left and when everything closes', async () => {
  const changes = await openProcess();
  const controller = new AbortController();
  const aborted = changes.subscribe(everything, controller.signal);
  const waiting = aborted.next();
  controller.abort();
  expect(await waiting).toEqual({ done: true, value: undefined });
  const left = changes.subscribe(everything, endless);
  await changes.publish(inbox('a'));
  for await (const _ of left) break;
  expect(changes.stats().subscribers).toBe(0);
  expect(await nextOf(changes.subscribe(everything, controller.signal))).toBeUndefined();
  const last = changes.subscribe(everything, endless).next();
  await changes.close();
  expect(await last).toEqual({ done: true, value: undefined });
});

test('a subscriber that does not keep up is told to read anew instead of costing memory', async () => {
  const changes = await openProcess({ capacity: 3 });
  const slow = changes.subscribe(everything, endless);
  for (let number = 0; number < 10; number += 1) await changes.publish(inbox(`${number}`));
  await vi.waitFor(() => expect(changes.stats().received).toBe(10));
  expect(await nextOf(slow)).toEqual({ kind: 'resync' });
  await changes.publish(inbox('after'));
  expect(await nextOf(slow)).toEqual(inbox('after'));
});

test('listening goes on after the connection was killed, and everybody is told to read anew', async () => {
  const interruptions: Error[] = [];
  const changes = await openProcess({ onInterruption: (error) => interruptions.push(error) });
  const told: (readonly string[] | null)[] = [];
  changes.onAccessChange((userIds) => told.push(userIds));
  const subscriber = changes.subscribe(() => false, endless);
  await pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'apms-api-changes' and datname = current_database()`,
  );
  expect(await nextOf(subscriber)).toEqual({ kind: 'resync' });
  expect(changes.isListening()).toBe(true);
  expect(told).toEqual([null]);
  expect(interruptions).toHaveLength(1);
  const rest = changes.subscribe(everything, endless);
  await changes.publish(inbox('a'));
  expect(await nextOf(rest)).toEqual(inbox('a'));
});

test('what is no change of ours is passed over; what is too long is refused', async () => {
  const unreadable: string[] = [];
  const changes = await openProcess({ onUnreadable: (payload) => unreadable.push(payload) });
  const subscriber = changes.subscribe(everything, endless);
  for (const payload of ['', 'nonsense', '{"kind":"other"}', '{"kind":"inbox"}']) {
    await pool.query('select pg_notify($1, $2)', ['apms_changes', payload]);
  }
  await expect(changes.publish(inbox('x'.repeat(8_000)))).rejects.toThrow(RangeError);
  await changes.publish(inbox('y'.repeat(7_000)));
  expect(await nextOf(subscriber)).toEqual(inbox('y'.repeat(7_000)));
  expect(unreadable).toEqual(['', 'nonsense', '{"kind":"other"}', '{"kind":"inbox"}']);
});

test("the database's own triggers tell of access that changed", async () => {
  const changes = await openProcess();
  const told: (readonly string[] | null)[] = [];
  const stop = changes.onAccessChange((userIds) => told.push(userIds));
  const userId = newId();
  await pool.query(`insert into users (id, email, display_name, status) values ($1, $2, 'A', 'ACTIVE')`, [
    userId,
    `${userId}@people.example`,
  ]);
  await pool.query(`update users set status = 'SUSPENDED' where id = $1`, [userId]);
  await vi.waitFor(() => expect(told).toEqual([[userId]]));
  stop();
  await pool.query(`update users set status = 'ACTIVE' where id = $1`, [userId]);
  await vi.waitFor(() => expect(changes.stats().received).toBe(2));
  expect(told).toHaveLength(1);
});
