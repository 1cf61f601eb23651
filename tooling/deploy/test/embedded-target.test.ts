import { chmod, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createProject, type Project } from './support/project.ts';

/** What one of two rivals came to. */
function verdictOf(output: string): string | undefined {
  if (output.includes('changed while this run was planned')) return 'changed meanwhile';
  return /^(deployed|nothing-to-do|locked): /m.exec(output)?.[1];
}

/** Whether a process works on a data directory below the project. */
async function serversOf({ root }: Project): Promise<string[]> {
  const home = join(root, '.apms/postgres');
  const files = await readdir(home, { recursive: true }).catch(() => []);
  const pids = files.filter((file) => file.endsWith('postmaster.pid'));
  // It goes with its server, perhaps just now.
  const texts = await Promise.all(pids.map((file) => readFile(join(home, file), 'utf8').catch(() => '')));
  return texts.flatMap((text) => (text === '' ? [] : [text.split('\n', 1)[0] ?? '']));
}

/** A server stops a moment after the last command that used it. */
async function expectNoServer(project: Project): Promise<void> {
  for (let attempt = 0; attempt < 50 && (await serversOf(project)).length > 0; attempt += 1) await sleep(100);
  expect(await serversOf(project)).toEqual([]);
}

describe.runIf(inject('testServer').kind === 'embedded')('the embedded target of a fresh checkout', () => {
  let project: Project;

  beforeAll(async () => {
    project = await createProject();
    // Where the server's user cannot reach the checkout, the data lie elsewhere.
    await chmod(project.root, 0o755);
  });

  afterAll(async () => {
    for (const pid of await serversOf(project)) process.kill(Number(pid), 'SIGINT');
    await expectNoServer(project);
    await project.remove();
  });

  test.each([
    ['in CI', { CI: 'true' }],
    ['in production', { NODE_ENV: 'production' }],
  ])('is refused %s', async (_, env) => {
    for (const command of [['run'], ['plan'], ['status'], ['backup', 'create']]) {
      const result = await project.deploy(command, env);
      expect(result.exitCode).toBe(2);
      expect(result.output).toBe(
        'PRODUCTION_DATABASE_URL is not set. In CI and with NODE_ENV=production the target "production" must be a real server: set it to postgresql://USER:PASSWORD@HOST:PORT/DATABASE.',
      );
    }
    expect(await readdir(project.root)).not.toContain('.apms');
  });

  test('two first deployments at once: one deploys, the other finds it locked or done', async () => {
    const [one, other] = await Promise.all([
      project.start(['run', '--env', 'staging']),
      project.start(['run', '--env', 'staging']),
    ]);
    const verdicts = [one, other].map(({ exitCode, all }) => `${exitCode} ${verdictOf(all)}`).toSorted();
    expect(verdicts[0]).toBe('0 deployed');
    expect(['0 nothing-to-do', '1 changed meanwhile', '5 locked']).toContain(verdicts[1]);
    await expectNoServer(project);
  });

  test('deploys, then finds nothing to do; its backup verifies, restores, and is rolled back to', async () => {
    const first = await project.deploy(['run']);
    expect(first).toMatchObject({
      exitCode: 0,
      report: { outcome: 'deployed', embedded: true, backup: { driver: 'snapshot', proven: true } },
    });
    expect(first.output).toContain('(embedded PostgreSQL: no URL is set)');
    expect(first.output).toMatch(/^deployed: 6 migrations on production in /m);
    await expectNoServer(project);

    const second = await project.deploy(['run']);
    expect(second).toMatchObject({ exitCode: 0, report: { outcome: 'nothing-to-do', backup: null } });

    const listed = await project.deploy(['backup', 'list']);
    expect(listed.output).toMatch(new RegExp(`^${first.report?.id}  snapshot .* verified 20\\d\\d-`));
    const verified = await project.deploy(['backup', 'verify']);
    expect(verified).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('is verified: restored, 0 tables'),
    });

    const rolledBack = await project.deploy(['rollback', '--yes']);
    expect(rolledBack).toMatchObject({
      exitCode: 0,
      report: { outcome: 'rolled-back', rollback: { way: 'swap-back', verified: true } },
    });
    const kept = rolledBack.report?.rollback?.quarantine ?? 'none';
    expect(await readdir(join(project.root, '.apms/postgres/production'))).toContain(kept);
    const status = await project.deploy(['status']);
    expect(status.output).toMatch(/0 applied, 6 pending/);
    await expectNoServer(project);
  });

  test('a backup restored beside it runs on a server of its own until somebody stops it', async () => {
    const restored = await project.deploy(['backup', 'restore', '--as', 'looked_at']);
    expect(restored.exitCode).toBe(0);
    expect(restored.output).toMatch(/a server of its own on 127\.0\.0\.1:\d+, .* stop it: kill -INT /);
    const [pid] = await serversOf(project);
    expect(await serversOf(project)).toHaveLength(1);
    process.kill(Number(pid), 'SIGINT');
    await expectNoServer(project);
  });
});
