import { DEMO_PASSWORD, fillDemo, startApi, type TestApi } from '@apms/api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptSite } from '../src/accept-site.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

test('says what is missing outside the demonstration', async () => {
  const running = acceptSite({ url: api.url, password: DEMO_PASSWORD, say: () => undefined });
  await expect(running).rejects.toThrow(/invalid email or password/i);
});

test('a site is accepted, told line by line', async () => {
  await fillDemo(api);
  const lines: string[] = [];
  await acceptSite({ url: api.url, password: DEMO_PASSWORD, say: (line) => lines.push(line) });
  expect(lines.at(-1)).toMatch(/^ATP-\d{4}-\d+ is COMPLETED\.$/);
  expect(lines.filter((line) => line.includes('approved by'))).toHaveLength(3);
  expect(lines).toContain('The vendor may not accept it: that takes submissions.review.');
});
