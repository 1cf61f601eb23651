import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashOfKey, readCredential } from './credential.ts';

const secret = 'a secret that is long enough to sign';
const options = { cookieName: 'apms.session_token', secret, trustedOrigins: ['https://app.example'] };
const sign = (token: string, by = secret) =>
  `${token}.${createHmac('sha256', by).update(token).digest('base64')}`;
const read = (headers: Readonly<Record<string, string>>) => readCredential(headers, options);
const cookie = (value: string) => ({
  cookie: `theme=dark; ${options.cookieName}=${encodeURIComponent(value)}; a=b`,
});

describe('readCredential', () => {
  test('finds a signed token in the cookie or the bearer header, encoded or not', () => {
    const token = 'a.token.with.dots';
    expect(read(cookie(sign(token)))).toEqual({ kind: 'cookie', lookup: token });
    expect(read({ authorization: `Bearer ${sign(token)}` })).toEqual({ kind: 'bearer', lookup: token });
    const encoded = encodeURIComponent(sign(token));
    expect(read({ authorization: `bearer ${encoded}` })).toEqual({ kind: 'bearer', lookup: token });
  });

  test('knows a key by its hash alone', () => {
    expect(read({ 'x-api-key': 'apms_key' })).toEqual({ kind: 'apiKey', lookup: hashOfKey('apms_key') });
  });

  test('takes the cookie only from pages that are trusted, or where no page is involved', () => {
    const signed = cookie(sign('token'));
    expect(read({ ...signed, origin: 'https://app.example' })).not.toBeNull();
    for (const origin of ['https://evil.example', 'null', '', 'https://app.example.evil.example']) {
      expect(read({ ...signed, origin })).toBeNull();
    }
  });

  test('does not fall back from a credential that is wrong to another that comes with it', () => {
    const signed = cookie(sign('token'));
    expect(read({ ...signed, authorization: 'Bearer nonsense' })).toBeNull();
    expect(read({ ...signed, authorization: 'Basic YTpi' })).toBeNull();
    expect(read({ ...signed, 'x-api-key': 'k' })).toMatchObject({ kind: 'apiKey' });
  });

  test('accepts no signature but ours, whatever it looks like', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (token, signature) => {
        fc.pre(sign(token) !== `${token}.${signature}`);
        expect(read({ authorization: `Bearer ${token}.${signature}` })).toBeNull();
        expect(read(cookie(`${token}.${signature}`))).toBeNull();
        expect(read(cookie(sign(token, 'another secret')))).toBeNull();
        expect(read({ cookie: `${options.cookieName}=${token}${signature}` })).toBeNull();
      }),
    );
  });
});
