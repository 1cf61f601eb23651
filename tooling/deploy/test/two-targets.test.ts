import { startTemporaryCluster, type TemporaryCluster } from '@apms/db/testing';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createProject, type Project } from './support/project.ts';

const { kind, binDir } = inject('testServer');

/** A server of its own: the roles that the migrations make are not there yet. */
describe.skipIf(kind === 'embedded' || binDir === undefined)('two targets on one new server', () => {
  let cluster: TemporaryCluster;
  let project: Project;
  let client: Client;

  beforeAll(async () => {
    cluster = await startTemporaryCluster(binDir === undefined ? {} : { binDir });
    project = await createProject();
    client = new Client({ connectionString: cluster.url('postgres') });
    await client.connect();
    await client.query('create database one');
    await client.query('create database two');
  });

  afterAll(async () => {
    await client.end();
    await project.remove();
    await cluster.remove();
  });

  test('are deployed at once', async () => {
    const env = {
      STAGING_DATABASE_URL: cluster.url('one'),
      PRODUCTION_DATABASE_URL: cluster.url('two'),
    };
    const both = await Promise.all([
      project.deploy(['run', '--env', 'staging'], env),
      project.deploy(['run', '--env', 'production'], env),
    ]);
    expect(both).toMatchObject([
      { exitCode: 0, report: { outcome: 'deployed', target: 'staging' } },
      { exitCode: 0, report: { outcome: 'deployed', target: 'production' } },
    ]);
    const { rows } = await client.query(
      "select datname from pg_database where not datistemplate and datname <> 'postgres' order by 1",
    );
    expect(rows).toEqual([{ datname: 'one' }, { datname: 'two' }]);
  });
});
