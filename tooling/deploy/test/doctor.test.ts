import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import type { DoctorFinding } from '../src/doctor/finding.ts';
import { createDeployingRole, type DeployingRole, DOCUMENTED } from './support/deploying-role.ts';
import { hasPgBouncer, startPgBouncer } from './support/pgbouncer.ts';
import { createScenario, type Scenario } from './support/scenario.ts';

describe.skipIf(inject('testServer').kind === 'embedded')('deploy doctor', () => {
  let scenario: Scenario;
  let role: DeployingRole | undefined;

  beforeEach(async () => {
    scenario = await createScenario();
  });
  afterEach(async () => {
    await scenario.remove();
    await role?.remove();
    role = undefined;
  });

  /** What it finds, told as JSON, which must hold no password. */
  const examine = async (env: Record<string, string> = {}) => {
    const { exitCode, output } = await scenario.project.deploy(['doctor', '--env', 'staging', '--json'], {
      ...scenario.env,
      ...env,
    });
    expect(output).not.toContain('sesame');
    const lines: (DoctorFinding & { type: string })[] = output.split('\n').map((line) => JSON.parse(line));
    const findings = lines.filter(({ type }) => type === 'finding');
    const bad = findings.filter(({ status }) => status !== 'ok');
    return { exitCode, findings, bad, summary: lines.at(-1) };
  };
  const url = (parts: Partial<Pick<URL, 'hostname' | 'port' | 'pathname' | 'search'>>) => ({
    STAGING_DATABASE_URL: Object.assign(new URL(scenario.database.url), parts).href,
  });
  /** The problems among what it finds, each with its way out; with any of them it exits with 2. */
  const problems = async (env: Record<string, string>) => {
    const { exitCode, bad } = await examine(env);
    expect(exitCode).toBe(2);
    for (const { why, mend } of bad) expect(why && mend).toBeTruthy();
    return bad.filter(({ status }) => status === 'problem');
  };
  const about = (check: string, what: RegExp): unknown =>
    expect.objectContaining({ check, what: expect.stringMatching(what) });

  test('finds nothing where all is well, and leaves nothing behind', async () => {
    const before = await scenario.identity();
    const { exitCode, bad, findings, summary } = await examine();
    expect(bad.filter(({ check }) => check !== 'state directory')).toEqual([]);
    expect(findings.length).toBeGreaterThan(15);
    expect(summary).toMatchObject({ type: 'doctor', target: 'staging', problems: 0, exitCode: 0 });
    expect(exitCode).toBe(0);
    expect(await scenario.identity()).toEqual(before);
    const text = await scenario.project.deploy(['doctor', '--env', 'staging'], scenario.env);
    expect(text.output).toMatch(/^ {2}✓ server +PostgreSQL [^]*^staging is ready to be deployed to/m);
  });

  test('no URL: an embedded server stands in, except in CI', async () => {
    const nothing = { STAGING_DATABASE_URL: '' };
    expect((await examine(nothing)).exitCode).toBe(0);
    expect(await problems({ ...nothing, CI: 'true' })).toContainEqual(
      about('STAGING_DATABASE_URL', /not set/),
    );
  });

  test('what is no URL', async () => {
    expect(await problems({ STAGING_DATABASE_URL: 'postgresql://u:sesame@/x' })).toContainEqual(
      about('STAGING_DATABASE_URL', /not a usable URL/),
    );
  });

  test('a name that has no address', async () => {
    expect(await problems(url({ hostname: 'no-such-host.invalid' }))).toContainEqual(
      about('name', /no-such-host/),
    );
  });

  test('a port at which nobody listens', async () => {
    expect(await problems(url({ port: '1' }))).toContainEqual(about('port', /127\.0\.0\.1:1 /));
  });

  test('a server without TLS where TLS is asked for', async () => {
    expect(await problems(url({ search: '?sslmode=require' }))).toContainEqual(about('TLS', /SSL/));
  });

  test('a server that is none', async () => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = String(typeof address === 'object' && address !== null ? address.port : 0);
    expect(await problems(url({ port }))).toContainEqual(about('session', /refuses the session/));
    server.close();
  });

  test('a database that does not exist', async () => {
    expect(await problems(url({ pathname: '/nowhere' }))).toContainEqual(about('database', /"nowhere"/));
  });

  test('a role that may not, has few connections, and whose statements are logged and limited', async () => {
    role = await createDeployingRole({ attributes: 'connection limit 5' });
    await role.admin(
      `alter role ${role.name} set log_statement = 'ddl'; alter role ${role.name} set statement_timeout = '30s'`,
    );
    const { exitCode, findings, bad } = await examine({ STAGING_DATABASE_URL: role.url });
    const whats = bad.map(({ check, status, what }) => `${status} ${check}: ${what}`).join('\n');
    expect(whats).toMatch(/problem privileges: .*lacks CREATEDB/);
    expect(whats).toMatch(/problem privileges: .*lacks membership in pg_signal_backend/);
    expect(whats).toMatch(/problem connections: The role admits 5 sessions/);
    expect(whats).toMatch(/warning server log: log_statement is "ddl"/);
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'time-outs',
        what: expect.stringContaining('statement_timeout 30000 ms'),
      }),
    );
    expect(exitCode).toBe(2);
  });

  test('a role as the runbook asks for', async () => {
    role = await createDeployingRole(DOCUMENTED);
    const { exitCode, bad } = await examine({ STAGING_DATABASE_URL: role.url });
    expect(bad.filter(({ status }) => status === 'problem')).toEqual([]);
    expect(exitCode).toBe(0);
  });

  test('client tools that are too old or missing', async () => {
    expect(await problems({ PG_BIN_DIR: scenario.project.root })).toContainEqual(
      about('client tools', /needs a pg_dump/),
    );
  });

  test('a history that does not fit', async () => {
    const [first] = await scenario.query<{ name: string }>(
      'select migration_name as name from _prisma_migrations order by 1 limit 1',
    );
    await scenario.project.removeMigration(first?.name ?? '');
    expect(await problems({})).toContainEqual(about('history: missing', /not in the migrations folder/));
  });

  test('a slot that nobody reads', async () => {
    const slot = `forgotten_${process.pid}`;
    await scenario.query('select pg_create_physical_replication_slot($1)', [slot]);
    const { exitCode, bad } = await examine();
    await scenario.query('select pg_drop_replication_slot($1)', [slot]);
    expect(bad).toContainEqual(about('replication slots', new RegExp(slot)));
    expect(exitCode).toBe(0);
  });

  test.skipIf(process.getuid?.() === 0)('a state directory that cannot be written', async () => {
    expect(await problems({ DEPLOY_STATE_DIR: '/proc/nowhere' })).toContainEqual(
      about('state directory', /cannot be written/),
    );
  });

  test('a state directory in memory', async () => {
    const { bad } = await examine({ DEPLOY_STATE_DIR: '/dev/shm/apms-doctor' });
    expect(bad).toContainEqual(expect.objectContaining({ check: 'state directory', status: 'warning' }));
  });

  test('a run that was killed', async () => {
    const run = scenario.project.start(['run', '--env', 'staging', '--yes'], scenario.env);
    await new Promise((resolve) => run.stdout?.once('data', resolve));
    run.kill('SIGKILL');
    await run;
    expect(await problems({})).toContainEqual(about('interrupted run', /^The deploy \d{8}T.* was killed/));
  });

  test.skipIf(!hasPgBouncer)(
    'PgBouncer in transaction mode, whether it lets the start through or not',
    async () => {
      for (const ignoreOptions of [true, false]) {
        const bouncer = await startPgBouncer(new URL(scenario.database.url), {
          directory: join(scenario.project.root, `bouncer-${ignoreOptions}`),
          poolMode: 'transaction',
          ignoreOptions,
        });
        try {
          expect(await problems({ STAGING_DATABASE_URL: bouncer.url })).toContainEqual(
            about('pooler', /PgBouncer/),
          );
        } finally {
          await bouncer.stop();
        }
      }
    },
  );
});
