import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { identityOf } from './support/identity.ts';
import { createProject, type Project } from './support/project.ts';

/** Long and odd enough to be found wherever it should not be. */
const SECRET = 'Se:cr@t/#1-sesame';
const ENCODED = encodeURIComponent(SECRET);

describe.skipIf(inject('testServer').kind === 'embedded')('a target that cannot be reached', () => {
  let database: TestDatabase;
  let project: Project;

  beforeAll(async () => {
    database = await createTestDatabase({ template: 'empty' });
    project = await createProject();
  });

  afterAll(async () => {
    await project.remove();
    await database.drop();
  });

  const changed = (change: (url: URL) => void) => {
    const url = new URL(database.url);
    change(url);
    return url.href;
  };
  const cases: [string, () => string, RegExp][] = [
    [
      'wrong password',
      () => changed((url) => (url.password = ENCODED)),
      /password authentication failed for user/,
    ],
    ['unknown user', () => changed((url) => (url.username = 'nobody_here')), /failed for user "nobody_here"/],
    ['closed port', () => changed((url) => (url.port = '1')), /:1\/.*ECONNREFUSED.*Is the server running/],
    [
      'unknown host',
      () => changed((url) => (url.host = 'db.invalid:5432')),
      /db\.invalid.*Is the server running/,
    ],
    [
      'missing database',
      () => changed((url) => (url.pathname = '/nowhere')),
      /database "nowhere" does not exist/,
    ],
  ];

  test.each(cases)('%s: exit 2, said once', async (_, urlOf, problem) => {
    const result = await project.deploy(['run', '--env', 'staging'], { STAGING_DATABASE_URL: urlOf() });
    expect(result).toMatchObject({
      exitCode: 2,
      report: { outcome: 'failed', failure: { code: 'CONNECTION_FAILED' }, backup: null },
    });
    expect(result.output).toMatch(problem);
    expect(result.output.match(/No connection to/g)).toHaveLength(1);
    expect(result.output).not.toContain(SECRET);
    expect(result.output).not.toContain(ENCODED);
  });

  test.each([
    ['unencoded', `postgresql://admin:${SECRET}@127.0.0.1/apms`],
    ['unencoded, with a host in it', 'postgresql://admin:sesame@1?open/x@127.0.0.1/apms'],
    ['unencoded, cut off as a fragment', 'postgresql://admin:1#sesame@127.0.0.1/apms'],
    ['in a connection string', 'host=127.0.0.1 password=sesame'],
    ['for another system', 'mysql://admin:sesame@127.0.0.1/apms'],
    ['without a database', 'postgresql://admin:sesame@127.0.0.1'],
  ])('a URL %s: exit 2, naming the variable and not the value', async (_, url) => {
    for (const command of ['run', 'plan', 'status']) {
      const result = await project.deploy([command, '--env', 'staging'], { STAGING_DATABASE_URL: url });
      expect(result.exitCode).toBe(2);
      expect(result.output).toMatch(/^STAGING_DATABASE_URL is not a usable URL \(its value is not shown/);
      expect(result.output).not.toMatch(/sesame|cr@t/);
    }
  });

  test('every command says so, and nothing is left but the reports', async () => {
    const before = await identityOf(database.url);
    const env = { STAGING_DATABASE_URL: changed((url) => (url.password = 'wrong')) };
    for (const command of [['plan'], ['verify'], ['status'], ['backup', 'create']]) {
      const result = await project.deploy([...command, '--env', 'staging'], env);
      expect(result.exitCode).toBe(2);
      expect(result.output).toMatch(/^No connection to .* Correct the URL in the environment\.$/);
    }
    expect(await identityOf(database.url)).toEqual(before);
    const runs = await readdir(join(project.root, '.deploy/staging'), { recursive: true });
    expect(runs.filter((name) => name.includes('backup'))).toEqual([]);
  });
});
