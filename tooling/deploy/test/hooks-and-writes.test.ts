import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { createScenario, type Scenario, type ScenarioOptions } from './support/scenario.ts';

const PENDING = { '20270101000000_extra': 'create table extra (id int primary key);' };
const FAILING = { '20270101000000_extra': 'create table extra (id int primary key); select 1 / 0;' };

/** Appends the phase, and whether a client can write, to a file; in no shell. */
const CLIENT = `
  import pg from '${import.meta.resolve('pg')}';
  import { appendFileSync } from 'node:fs';
  const client = new pg.Client({ connectionString: process.env.STAGING_DATABASE_URL });
  await client.connect();
  const written = await client.query("insert into workspaces (id, code, name) values (gen_random_uuid(), gen_random_uuid(), 'x')")
    .then(() => 'writes', (error) => error.message);
  appendFileSync('phases', \`\${process.env.DEPLOY_PHASE} \${process.env.DEPLOY_TARGET} \${written}\\n\`);
  console.log('told', process.env.DEPLOY_PHASE, process.argv.at(-1));
  await client.end();`;
const node = (code: string, ...args: string[]) => ({
  command: [process.execPath, '--input-type=module', '-e', code, '--', ...args],
  timeoutMs: 20_000,
});
const REFUSED = 'cannot execute INSERT in a read-only transaction';

describe.skipIf(inject('testServer').kind === 'embedded')('hooks', () => {
  let scenario: Scenario;

  afterEach(() => scenario.remove());

  const deploy = async (options: ScenarioOptions) => {
    scenario = await createScenario({ pending: PENDING, ...options });
    const result = await scenario.run();
    const phases = await readFile(join(scenario.project.root, 'phases'), 'utf8').catch(() => '');
    return { result, phases: phases.trimEnd().split('\n') };
  };
  const told = node(CLIENT, '$HOME; `id`');
  const hooks = { before: [told], smoke: [told], after: [told] };

  test('run before, after the commit and at the end, without a shell, and show what they write', async () => {
    const { result, phases } = await deploy({ settings: { hooks } });
    expect(result).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
    expect(phases).toEqual(['before staging writes', 'smoke staging writes', 'after staging writes']);
    expect(result.output).toContain('told smoke $HOME; `id`');
  });

  test('with writes blocked: no client writes from before the backup until the end', async () => {
    const { result, phases } = await deploy({ settings: { writes: 'block', hooks } });
    expect(result).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
    expect(phases).toEqual(['before staging writes', `smoke staging ${REFUSED}`, 'after staging writes']);
  });

  const readOnly = async () => {
    const [row] = await scenario.query<{ default_transaction_read_only: string }>(
      'show default_transaction_read_only',
    );
    return row?.default_transaction_read_only;
  };

  test('with writes blocked and a NO-GO: clients can write again', async () => {
    const { result, phases } = await deploy({ pending: FAILING, settings: { writes: 'block', hooks } });
    expect(result).toMatchObject({ exitCode: 3, report: { outcome: 'no-go' } });
    expect(phases).toEqual(['before staging writes', 'after staging writes']);
    expect(await readOnly()).toBe('off');
  });

  test('with writes blocked and a swap back: clients can write again', async () => {
    const smoke = [node('process.exit(7)')];
    const { result, phases } = await deploy({ settings: { writes: 'block', hooks: { ...hooks, smoke } } });
    expect(result).toMatchObject({
      exitCode: 1,
      report: { outcome: 'rolled-back', rollback: { way: 'swap-back', verified: true, leftBehind: [] } },
    });
    expect(phases).toEqual(['before staging writes', 'after staging writes']);
    expect(await readOnly()).toBe('off');
  });

  test('a rollback to a backup that was made while writes were blocked lets clients write', async () => {
    await deploy({ settings: { writes: 'block' } });
    const result = await scenario.project.deploy(['rollback', '--env', 'staging', '--yes'], scenario.env);
    expect(result).toMatchObject({ exitCode: 0, report: { outcome: 'rolled-back' } });
    expect(await readOnly()).toBe('off');
  });

  test('that take too long are ended with all they have started', async () => {
    const slow = { command: ['sh', '-c', 'echo waiting; sleep 60; true'], timeoutMs: 500 };
    const startedAt = performance.now();
    const { result } = await deploy({ settings: { hooks: { before: [slow] } } });
    expect(result).toMatchObject({
      exitCode: 1,
      report: { outcome: 'failed', failure: { code: 'HOOK_FAILED' } },
    });
    expect(result.output).toContain(
      'The hook "sh -c echo waiting; sleep 60; true" took too long. It wrote: waiting',
    );
    expect(performance.now() - startedAt).toBeLessThan(50_000);
  });

  test('that print the password are shown without it', async () => {
    const leak = node('console.log(process.env.STAGING_DATABASE_URL); process.exit(1)');
    const { result } = await deploy({ settings: { hooks: { before: [leak], after: [leak] } } });
    expect(result).toMatchObject({ exitCode: 1, report: { outcome: 'failed' } });
    const { password } = new URL(scenario.database.url);
    expect(password.length).toBeGreaterThan(4);
    expect(result.output).toContain(':***@');
    expect(result.output).not.toContain(password);
    expect(JSON.stringify(result.report)).not.toContain(password);
  });

  test('are not run when nothing has begun', async () => {
    const { result, phases } = await deploy({ pending: {}, settings: { hooks } });
    expect(result).toMatchObject({ exitCode: 0, report: { outcome: 'nothing-to-do' } });
    expect(phases).toEqual(['']);
  });
});
