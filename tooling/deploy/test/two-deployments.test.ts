import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { databasesOf } from './support/identity.ts';
import { PAUSE, startPaused } from './support/paused-deployment.ts';
import { createScenario, type Scenario } from './support/scenario.ts';

const NEXT = '20270101000000_next';
const SINCE = /since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/;

describe.skipIf(inject('testServer').kind === 'embedded')('two deployments on one target', () => {
  let scenario: Scenario;
  let elsewhere: string;

  beforeEach(async () => {
    elsewhere = await mkdtemp(join(tmpdir(), 'apms-state-'));
    scenario = await createScenario({
      settings: PAUSE,
      pending: { [NEXT]: 'alter table sites add column note text;' },
    });
  });
  afterEach(async () => {
    await rm(elsewhere, { recursive: true, force: true });
    await scenario.remove();
  });

  test('one proceeds, the other is told who holds the lock and since when', async () => {
    const before = await scenario.identity();
    const { running, goOn } = await startPaused(scenario);
    const second = await scenario.run();
    expect({ exitCode: second.exitCode, report: second.report }).toMatchObject({
      exitCode: 5,
      report: { outcome: 'locked', failure: { code: 'LOCKED' }, backup: null },
    });
    expect(second.output).toMatch(SINCE);
    expect(second.output).toMatch(new RegExp(`deployment \\S+ of \\S+@\\S+ \\(pid ${running.pid}\\)`));
    expect(await scenario.identity()).toEqual(before);

    await goOn();
    expect(await running).toMatchObject({ exitCode: 0 });
    expect(await scenario.run()).toMatchObject({ exitCode: 0, report: { outcome: 'nothing-to-do' } });
  });

  test('also where they share nothing but the server', async () => {
    const { running, goOn } = await startPaused(scenario);
    const { project, env } = scenario;
    const second = await project.start(['run', '--env', 'staging'], { ...env, DEPLOY_STATE_DIR: elsewhere });
    expect(second.exitCode).toBe(5);
    expect(second.all).toMatch(SINCE);
    expect(second.all).toMatch(/: apms-deploy \S+ from 127\.0\.0\.1\./);
    await goOn();
    expect(await running).toMatchObject({ exitCode: 0 });
  });

  test('the second one proceeds where the first was killed', async () => {
    const { running, goOn } = await startPaused(scenario);
    running.kill('SIGKILL');
    expect((await running).signal).toBe('SIGKILL');
    await goOn();
    const second = await scenario.run();
    expect(second).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
    expect(await databasesOf(scenario.database.url, second.report?.id ?? '')).toEqual([]);
  });

  test("wait for Prisma's own lock, not for ever", async () => {
    const prisma = await scenario.database.connect();
    await prisma.query("set application_name = 'prisma migrate'; select pg_advisory_lock(72707369)");
    const before = await scenario.identity();
    const { running, goOn } = await startPaused(scenario);
    await goOn();
    const { exitCode, all } = await running;
    expect(exitCode).toBe(1);
    expect(all).toMatch(
      /Prisma's migration lock on "staging" was held by prisma migrate \(pid \d+, connected since .*Z\)/,
    );
    expect(await scenario.identity()).toEqual(before);

    const third = scenario.run();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await prisma.query('select pg_advisory_unlock(72707369)');
    expect(await third).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
  });
});
