import { expect, test } from 'vitest';
import { EnvError, readEnv } from './env.ts';

const least = { DATABASE_URL: 'postgresql://apms:hunter2@db/apms', SECRET: 'x'.repeat(32) };

function problemOf(variables: Readonly<Record<string, string>>): EnvError {
  try {
    readEnv(variables);
  } catch (error) {
    if (error instanceof EnvError) return error;
    throw error;
  }
  throw new Error('the environment was expected to be refused');
}

test('two variables are enough', () => {
  expect(readEnv({ ...least, PORT: '', SMTP_URL: undefined })).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 3000,
  });
});

test('the pages are where the API is, unless they are elsewhere', () => {
  expect(readEnv({ ...least, PORT: '8080' })).toMatchObject({
    API_URL: 'http://127.0.0.1:8080',
    APP_URL: 'http://127.0.0.1:8080',
  });
  const API_URL = 'https://apms.example';
  expect(readEnv({ ...least, API_URL })).toMatchObject({ API_URL, APP_URL: API_URL });
  const APP_URL = 'https://app.example';
  expect(readEnv({ ...least, API_URL, APP_URL })).toMatchObject({ API_URL, APP_URL });
  expect(problemOf({ ...least, APP_URL: 'app.example' }).problems).toEqual([
    'APP_URL: must be an http(s) URL',
  ]);
});

test('reads numbers and lists', () => {
  const env = readEnv({ ...least, PORT: '0', TRUSTED_ORIGINS: 'https://a.example, https://b.example:8443' });
  expect(env).toMatchObject({ PORT: 0, TRUSTED_ORIGINS: ['https://a.example', 'https://b.example:8443'] });
});

test('names every problem at once and no value', () => {
  const secrets = {
    DATABASE_URL: 'mysql://root:hunter2@db',
    SECRET: 'too-short-secret',
    PORT: '70000',
    LOG_LEVEL: 'loud-level',
    SMTP_URL: 'http://user:hunter3@mail',
    TRUSTED_ORIGINS: 'https://a.example/path',
    CALL_TIMEOUT_MS: 'soon-enough',
  };
  const error = problemOf(secrets);
  for (const value of Object.values(secrets)) expect(error.message).not.toContain(value);
  expect(error.problems.map((problem) => problem.split(':', 1)[0]).toSorted()).toEqual(
    Object.keys(secrets).toSorted(),
  );
});

test('misses what it cannot do without', () => {
  expect(() => readEnv({})).toThrow(/DATABASE_URL[^]*SECRET/);
});
