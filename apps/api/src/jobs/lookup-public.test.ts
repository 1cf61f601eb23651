import { expect, test } from 'vitest';
import { lookupPublic } from './lookup-public.ts';
import { WebhookRefused } from './webhook-refused.ts';

const outcomeOf = (hostname: string, all: boolean) =>
  new Promise<unknown>((resolve) => {
    lookupPublic()(hostname, { all }, (error, address) => resolve(error ?? address));
  });

test.each([true, false])('a name that leads to this machine is refused (all: %s)', async (all) => {
  expect(await outcomeOf('localhost', all)).toBeInstanceOf(WebhookRefused);
  expect(await outcomeOf('10.0.0.1', all)).toBeInstanceOf(WebhookRefused);
});

test('a public address is given as it was asked for', async () => {
  expect(await outcomeOf('192.0.43.8', true)).toEqual([{ address: '192.0.43.8', family: 4 }]);
  expect(await outcomeOf('192.0.43.8', false)).toBe('192.0.43.8');
});

test('a name without an address is an error, which is tried again', async () => {
  const outcome = await outcomeOf('no-such-name.invalid', true);
  expect(outcome).toBeInstanceOf(Error);
  expect(outcome).not.toBeInstanceOf(WebhookRefused);
});
