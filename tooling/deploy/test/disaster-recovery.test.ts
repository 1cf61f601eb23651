import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startTemporaryCluster, type TemporaryCluster } from '@apms/db/testing';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { findClientTools } from '../src/client-tools.ts';
import { databasesOf, identityOf } from './support/identity.ts';
import { CREDENTIALS, type S3Server, startS3Server } from './support/s3-server.ts';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

const { kind, majorVersion } = inject('testServer');

/** The directory of the server's own programs, where this machine has them. */
async function serverPrograms(): Promise<string | undefined> {
  const { pgDump } = await findClientTools(majorVersion, undefined);
  return existsSync(join(dirname(pgDump), 'initdb')) ? dirname(pgDump) : undefined;
}

const binDir = kind === 'server' ? await serverPrograms() : undefined;

describe.skipIf(binDir === undefined)('when server and machine are lost', () => {
  let scenario: Scenario;
  let store: S3Server;
  let fresh: TemporaryCluster;
  let elsewhere: string;

  beforeAll(async () => {
    store = await startS3Server();
    elsewhere = await mkdtemp(join(tmpdir(), 'apms-elsewhere-'));
    fresh = await startTemporaryCluster({ ...(binDir && { binDir }) });
  });

  afterAll(async () => {
    await scenario.remove();
    await Promise.all([fresh.remove(), store.remove(), rm(elsewhere, { recursive: true, force: true })]);
  });

  test('the store and an identity bring the database back on a new server, once its roles are there', async () => {
    const identity = await generateX25519Identity();
    const file = join(elsewhere, 'identity');
    await writeFile(file, identity, { mode: 0o600 });
    scenario = await createScenario({
      data: SITES,
      settings: { store: store.settings, encryptTo: [await identityToRecipient(identity)] },
    });
    const before = await scenario.identity();
    const made = await scenario.project.deploy(['backup', 'create', '--env', 'staging'], {
      ...scenario.env,
      ...CREDENTIALS,
    });
    expect(made.exitCode).toBe(0);

    const there = {
      ...CREDENTIALS,
      STAGING_DATABASE_URL: fresh.url('postgres'),
      DEPLOY_STATE_DIR: join(elsewhere, 'state'),
      DEPLOY_AGE_IDENTITY_FILE: file,
    };
    const restore = () =>
      scenario.project.deploy(['backup', 'restore', '--as', 'apms', '--env', 'staging'], there);
    const roles = await scenario.query<{ name: string }>(
      "select rolname as name from pg_roles where rolname !~ '^pg_'",
    );
    const missing = roles.filter(({ name }) => name !== fresh.user);
    const refused = await restore();
    expect(refused.exitCode).toBe(1);
    expect(refused.output).toMatch(/role "\w+" does not exist/);
    expect(await databasesOf(fresh.url('postgres'), 'apms')).toEqual([]);

    const client = new pg.Client({ connectionString: fresh.url('postgres') });
    await client.connect();
    for (const { name } of missing) await client.query(`create role ${client.escapeIdentifier(name)}`);
    await client.end();
    expect(await restore()).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('is restored and equal to its manifest'),
    });
    expect((await identityOf(fresh.url('apms'))).contents).toEqual(before.contents);

    // The same from where the target still is, which stays as it is.
    const spare = { ...scenario.env, ...CREDENTIALS, DEPLOY_AGE_IDENTITY_FILE: file };
    const restoreTo = (url: string | undefined) =>
      scenario.project.deploy(
        ['backup', 'restore', '--as', 'spare', '--server-url-variable', 'SPARE_URL', '--env', 'staging'],
        { ...spare, SPARE_URL: url },
      );
    expect(await restoreTo(undefined)).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining('SPARE_URL is not set'),
    });
    expect(await restoreTo(fresh.url('postgres'))).toMatchObject({ exitCode: 0 });
    expect((await identityOf(fresh.url('spare'))).contents).toEqual(before.contents);
    expect(await scenario.identity()).toEqual(before);
  });
});
