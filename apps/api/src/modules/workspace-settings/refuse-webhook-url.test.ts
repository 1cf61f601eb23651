import { expect, test } from 'vitest';
import { refuseWebhookUrl } from './refuse-webhook-url.ts';

test.each([
  ['https://hooks.example.com/services/x', null, null],
  ['https://hooks.example.com:8443/x?y=1', null, null],
  ['https://8.8.8.8/', null, null],
  ['https://[2606:4700::1111]/', null, null],
  ['http://hooks.example.com/', 'must begin with https://', 'must begin with https://'],
  [
    'https://me:secret@hooks.example.com/',
    'must not contain a user name or password',
    'must not contain a user name or password',
  ],
  ['http://127.0.0.1:9000/', 'must not lead to this machine', null],
  ['http://localhost:9000/', 'must not lead to this machine', null],
  ['http://[::1]:9000/', 'must not lead to this machine', null],
  ['http://2130706433/', 'must not lead to this machine', null],
  ['http://0x7f.1/', 'must not lead to this machine', null],
  ...[
    'https://10.0.0.1/',
    'https://192.168.1.1/',
    'https://172.31.255.255/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/',
    'https://0.0.0.0/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://intranet/',
    'https://db.internal/',
    'https://db.internal./',
    'https://printer.local/',
    'https://x.localhost/',
  ].map((url): [string, string, string] => [url, 'must lead to a public host', 'must lead to a public host']),
])('%s', (url, refusal, refusalWhereLoopbackIsAllowed) => {
  expect(refuseWebhookUrl(url, { allowLoopback: false })).toBe(refusal);
  expect(refuseWebhookUrl(url, { allowLoopback: true })).toBe(refusalWhereLoopbackIsAllowed);
});
