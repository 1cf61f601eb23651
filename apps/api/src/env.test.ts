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
