import { describe, expect, test } from 'vitest';
import { describe as describeConnection, parseConnection } from './connection.ts';
import { toFailure } from './failure.ts';

const parse = (url: string) => parseConnection(url, 'PRODUCTION_DATABASE_URL');

function failureOf(url: string) {
  try {
    return parse(url);
  } catch (error) {
    return toFailure(error);
  }
}

describe('parseConnection', () => {
  test.each([
    [
      'postgresql://u:p@db.example/apms',
      { host: 'db.example', port: 5432, user: 'u', password: 'p', database: 'apms' },
    ],
    ['postgres://u@[::1]:5433/apms?schema=public', { host: '::1', port: 5433, password: '' }],
    ['postgresql://u:p%40ss%3Aw%2Fo%23rd%25@h/apms', { password: 'p@ss:w/o#rd%' }],
    [
      'postgresql://R%C3%B4le%20%22x%22:p@h/Odd%20%22n%22%20%3D%20%26%3F',
      { user: 'Rôle "x"', database: 'Odd "n" = &?' },
    ],
    ['postgresql://u:p@%2Fvar%2Frun%2Fpostgresql/apms', { host: '/var/run/postgresql' }],
    [
      'postgresql://u:p@h/apms?sslmode=verify-full&sslrootcert=/ca.pem',
      { tls: { mode: 'verify-full', rootCertificate: '/ca.pem' } },
    ],
  ])('reads %s', (url, expected) => {
    expect(parse(url)).toMatchObject(expected);
  });

  test.each([
    ['not a URL', 'It is not a URL'],
    ['mysql://u:secret@h/apms', 'postgresql://'],
    ['postgresql://u:sec#ret@h/apms', 'percent-encoded'],
    ['postgresql://u:sec/ret@h/apms', 'percent-encoded'],
    ['postgresql://u:secret@h', 'database'],
    ['postgresql://u:secret@h/apms?schema=other', '"other"'],
  ])('refuses %s without repeating it', (url, problem) => {
    const failure = failureOf(url);
    expect(failure).toMatchObject({ code: 'URL_INVALID', problem: expect.stringContaining(problem) });
    expect(JSON.stringify(failure)).not.toMatch(/sec.?ret/);
  });

  test('is described without its password', () => {
    expect(describeConnection(parse('postgresql://u:secret@h/apms'))).toBe('u@h:5432/apms');
  });
});
