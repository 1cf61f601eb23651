import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { databasesOf } from './support/identity.ts';
import { CREDENTIALS, type S3Server, startS3Server } from './support/s3-server.ts';
import { createScenario, type Scenario, type ScenarioOptions, SITES } from './support/scenario.ts';

const NEXT = '20270101000000_next';
const PENDING = { [NEXT]: 'alter table sites add column note text;' };
/** Random text that packs to some 30 MB: several parts of an upload. */
const NOISE = `create table noise as select n, string_agg(md5(random()::text || m), '') as v
  from generate_series(1, 1000) n, generate_series(1, 2000) m group by n;`;

describe.skipIf(inject('testServer').kind === 'embedded')('backups in S3', () => {
  let server: S3Server;
  let scenario: Scenario;
  let elsewhere: string;

  const start = async (options: ScenarioOptions) => {
    scenario = await createScenario({
      ...options,
      settings: { store: server.settings, ...options.settings },
    });
  };
  const here = () => ({ ...scenario.env, ...CREDENTIALS });
  /** Another machine, which shares nothing but the store and the target. */
  const there = () => ({ ...here(), DEPLOY_STATE_DIR: elsewhere });
  const deploy = (args: string[], env = here()) =>
    scenario.project.deploy([...args, '--env', 'staging'], env);
  const objects = async (id: string) =>
    (await readdir(join(server.fileOf(`apms/staging/${id}/backup/x`), '..')))
      .filter((name) => name.endsWith('_object'))
      .map((name) => name.replace('._S3rver_object', ''));

  beforeEach(async () => {
    server = await startS3Server();
    elsewhere = await mkdtemp(join(tmpdir(), 'apms-state-'));
  });

  afterEach(async () => {
    await scenario.remove();
    await server.remove();
    await rm(elsewhere, { recursive: true, force: true });
  });

  test('are made, rehearsed, listed, verified and rolled back to from a machine that has only the store', async () => {
    await start({ pending: PENDING, data: SITES });
    const before = await scenario.identity();
    const deployed = await deploy(['run']);
    expect(deployed).toMatchObject({
      exitCode: 0,
      report: { outcome: 'deployed', backup: { proven: true } },
    });
    const id = deployed.report?.id ?? '';
    expect(deployed.report?.backup?.location).toBe(`s3://backups/apms/staging/${id}/backup`);
    expect((await objects(id)).toSorted()).toEqual([
      'begun.json',
      'database.dump.zst',
      'manifest.json',
      'outcome.json',
      'verified.json',
    ]);
    expect(existsSync(join(scenario.project.root, '.deploy', 'staging', id, 'backup'))).toBe(false);

    const listed = await deploy(['backup', 'list', '--json'], there());
    expect(JSON.parse(listed.output)).toMatchObject({ id, usable: true, verifiedAt: expect.any(String) });
    expect(await deploy(['backup', 'verify'], there())).toMatchObject({ exitCode: 0 });
    const back = await deploy(['rollback', '--to', id, '--yes'], there());
    expect(back.exitCode).toBe(0);
    expect(await scenario.identity()).toEqual(before);
  });

  test('that cannot be reached stop a deployment before anything is done: exit 2', async () => {
    await start({ pending: PENDING, data: SITES });
    const before = await scenario.identity();
    const refused = await deploy(['run'], { ...here(), AWS_ACCESS_KEY_ID: 'NOBODY' });
    expect(refused).toMatchObject({
      exitCode: 2,
      report: { failure: { code: 'STORE_FAILED' }, backup: null },
    });
    expect(refused.output).toContain('The store of backups s3://backups/apms cannot be used');
    expect(refused.output).not.toContain(CREDENTIALS.AWS_SECRET_ACCESS_KEY.repeat(2));
    await server.kill();
    expect(await deploy(['run'])).toMatchObject({
      exitCode: 2,
      report: { failure: { code: 'STORE_FAILED' } },
    });
    expect(await deploy(['backup', 'list'])).toMatchObject({ exitCode: 2 });
    expect(await scenario.identity()).toEqual(before);
  });

  test('whose server dies during the upload leave the target alone, and are not usable: exit 1', async () => {
    await start({ pending: PENDING, applied: { '20260901000000_noise': NOISE } });
    const before = await scenario.identity();
    const running = scenario.project.start(['run', '--env', 'staging'], here());
    await expect.poll(() => server.unfinished(), { timeout: 60_000, interval: 5 }).toHaveLength(1);
    await server.kill();
    const { exitCode, all } = await running;
    expect(exitCode).toBe(1);
    expect(all).toMatch(/The store of backups s3:\/\/backups\/apms no longer answers: .*ECONN/);
    expect(await scenario.identity()).toEqual(before);

    await server.restart();
    const [id = ''] = (await readdir(join(scenario.project.root, '.deploy', 'staging'))).filter((name) =>
      /^\d{8}T/.test(name),
    );
    expect(await databasesOf(scenario.database.url, id)).toEqual([]);
    const listed = await deploy(['backup', 'list']);
    expect(listed.output).toContain(`${id}  unusable: It was interrupted before it was complete.`);
    expect(await deploy(['backup', 'verify', id])).toMatchObject({ exitCode: 1 });
    expect(await deploy(['run'])).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
  });

  test('that are damaged are refused, the object named, before anything is created or dropped', async () => {
    await start({ pending: PENDING, data: SITES });
    const id = (await deploy(['run'])).report?.id ?? '';
    const deployed = await scenario.identity();
    const file = server.fileOf(`apms/staging/${id}/backup/database.dump.zst`);
    const whole = await readFile(file);
    const refused = async (problem: string) => {
      const { exitCode, output } = await deploy(['rollback', '--yes'], here());
      expect(exitCode).toBe(6);
      expect(output).toContain(`database.dump.zst ${problem}`);
      expect(await scenario.identity()).toEqual(deployed);
      expect(await deploy(['backup', 'verify'], there())).toMatchObject({ exitCode: 1 });
    };
    const flipped = Buffer.from(whole);
    flipped.writeUInt8((flipped[100] ?? 0) ^ 1, 100);
    await writeFile(file, flipped);
    await refused('was changed');
    await truncate(file, 50);
    await refused(`has 50 bytes instead of ${whole.length}.`);
    await rm(file);
    await refused('is missing.');
  });

  test('have a lease that another machine sees', async () => {
    await start({ pending: PENDING, data: SITES });
    const lease = {
      id: 'theirs',
      deployment: '20270101T000000Z-theirs',
      host: 'elsewhere',
      pid: 1,
      process: '',
      user: 'ann',
      since: new Date().toISOString(),
      renewedAt: new Date().toISOString(),
    };
    await server.put('apms/staging/lease.json', JSON.stringify(lease));
    const locked = await deploy(['run']);
    expect(locked).toMatchObject({ exitCode: 5, report: { outcome: 'locked' } });
    expect(locked.output).toContain('deployment 20270101T000000Z-theirs of ann@elsewhere (pid 1)');
    const stale = { ...lease, renewedAt: new Date(Date.now() - 61_000).toISOString() };
    await server.put('apms/staging/lease.json', JSON.stringify(stale));
    expect(await deploy(['run'])).toMatchObject({ exitCode: 0 });
    expect(existsSync(server.fileOf('apms/staging/lease.json'))).toBe(false);
  });
});
