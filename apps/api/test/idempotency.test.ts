import { newId } from '@apms/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient, type TestPerson } from './support/start-api.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let api: TestApi;
let clerk: TestPerson;
/** How far the API's clock is ahead. */
let aheadMs = 0;

beforeAll(async () => {
  api = await startApi({ clock: () => new Date(Date.now() + aheadMs) });
  clerk = api.workspace.people.DOC_CONTROL;
});
afterAll(() => api.stop());

const newSite = () => ({ siteCode: `S-${newId()}`, name: 'A site' });
const under = (key: string, person = clerk): TestClient =>
  api.as(person, { headers: { 'idempotency-key': key } });

test('an answer is remembered for a day, and then the key is a new one', async () => {
  const key = newId();
  const site = newSite();
  const first = await under(key).sites.create.mutate(site);
  aheadMs = DAY_MS - 60_000;
  expect(await under(key).sites.create.mutate(site)).toEqual(first);
  aheadMs = DAY_MS + 60_000;
  const later = await under(key).sites.create.mutate(newSite());
  expect(later.id).not.toBe(first.id);
  aheadMs = 0;
});

test('a call that failed leaves its key free', async () => {
  const key = newId();
  const site = newSite();
  await api.as(clerk).sites.create.mutate(site);
  expect(await failureOf(under(key).sites.create.mutate(site))).toMatchObject({ code: 'ENTITY_DUPLICATE' });
  const other = newSite();
  expect(await under(key).sites.create.mutate(other)).toMatchObject(other);
});

test('a key is of one person, one workspace and one procedure', async () => {
  const key = newId();
  const first = await under(key).sites.create.mutate(newSite());
  const colleague = await api.createPerson(api.workspace.id, ['DOC_CONTROL']);
  const elsewhere = await api.createWorkspace();
  for (const person of [colleague, elsewhere.people.DOC_CONTROL]) {
    const site = newSite();
    expect(await under(key, person).sites.create.mutate(site)).toMatchObject(site);
  }
  const update = under(key).sites.update.mutate({ siteId: first.id, name: 'Another' });
  expect(await failureOf(update)).toEqual({ code: 'IDEMPOTENCY_KEY_REUSED', key });
});

test('a key cannot be sent with a batch of several, and nothing of it happens', async () => {
  const [one, two] = [newSite(), newSite()];
  const response = await fetch(`${api.url}/trpc/sites.create,sites.create?batch=1`, {
    method: 'POST',
    headers: {
      ...clerk.credentials,
      'x-workspace-id': api.workspace.id,
      'idempotency-key': newId(),
      'content-type': 'application/json',
    },
    body: JSON.stringify({ 0: one, 1: two }),
  });
  const refusal = { error: { data: { appError: { code: 'IDEMPOTENCY_KEY_BATCHED' } } } };
  expect(await response.json()).toMatchObject([refusal, refusal]);
  const { items } = await api.as(clerk).sites.list.query({ search: one.siteCode });
  expect(items).toEqual([]);
});
