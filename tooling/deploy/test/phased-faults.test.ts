import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { databasesOf } from './support/identity.ts';
import { createPhasedScenario } from './support/phased-scenario.ts';
import { newestReport } from './support/project.ts';
import type { Scenario } from './support/scenario.ts';

/** What a client does, and what of the deployment then waits for it. */
interface Hold {
  phase: string;
  /** The client begins before the deployment, or while it validates `ledger`, which takes 2 s. */
  begins: 'before' | 'during the validation';
  sql: string;
  waiting: string;
}

const HOLDS: Hold[] = [
  {
    phase: 'the constraints are added',
    begins: 'before',
    sql: 'update entries set amount = amount',
    waiting: 'alter table ledger add constraint',
  },
  {
    phase: 'a constraint is validated',
    begins: 'during the validation',
    sql: 'lock table entries in share update exclusive mode',
    waiting: 'alter table entries validate',
  },
  {
    phase: 'an index is built',
    begins: 'during the validation',
    sql: 'update entries set amount = amount',
    waiting: 'create unique index concurrently',
  },
  {
    phase: 'the last transaction is open',
    begins: 'before',
    sql: 'lock table notes in share mode',
    waiting: 'insert into notes',
  },
];

const WAITS = "wait_event_type = 'Lock'";

const FAULTS = ['the session is ended', 'somebody presses Ctrl-C', 'the lock is not to be had'] as const;

const CASES = HOLDS.flatMap((hold) => FAULTS.map((fault) => ({ ...hold, fault })));

describe.skipIf(inject('testServer').kind === 'embedded')('a deployment in phases', () => {
  let scenario: Scenario;
  const clients: Client[] = [];

  afterEach(async () => {
    for (const client of clients.splice(0)) await client.end();
    await scenario.remove();
  });

  async function begin(): Promise<Client> {
    const client = await scenario.database.connect();
    clients.push(client);
    await client.query("set application_name = 'batch'; begin");
    return client;
  }

  /** Waits until a session of the deployment is in that state, with a query that begins like that; or until `signal`. */
  async function untilOneIs(
    state: string,
    beginning = '',
    signal?: AbortSignal,
  ): Promise<number | undefined> {
    for (;;) {
      const [session] = await scenario.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and ${state}
            and application_name like 'apms-deploy%' and query ~* ('^\\s*(' || $1 || ')')`,
        [beginning],
      );
      if (session !== undefined || signal?.aborted) return session?.pid;
      await sleep(20);
    }
  }

  /** Waits until the journal tells of an inverse; or until `signal`. */
  async function untilUndoing(signal: AbortSignal): Promise<void> {
    const directory = join(scenario.project.root, '.deploy/staging');
    const journal = async () => {
      const [id = ''] = (await readdir(directory)).filter((name) => /^\d{8}T/.test(name));
      return readFile(join(directory, id, 'journal.jsonl'), 'utf8');
    };
    while (!signal.aborted && !(await journal()).includes('"apply-inverse"')) await sleep(20);
  }

  test.each(CASES)(
    'is undone to the letter when $fault while $phase',
    async ({ begins, sql, waiting, fault }) => {
      scenario = await createPhasedScenario();
      const before = await scenario.identity();
      const client = await begin();
      if (begins === 'before') await client.query(sql);
      const running = scenario.project.start(['run', '--env', 'staging'], scenario.env);
      const ended = new AbortController();
      void running.then(() => ended.abort());
      if (begins !== 'before') {
        await untilOneIs("wait_event = 'PgSleep'", '', ended.signal);
        await client.query(sql);
      }
      const pid = await untilOneIs(WAITS, waiting, ended.signal);
      if (fault === 'the session is ended') await scenario.query('select pg_terminate_backend($1)', [pid]);
      if (fault === 'somebody presses Ctrl-C') running.kill('SIGINT');
      // What undoes the phases before may wait for the client as well.
      if (fault === 'the lock is not to be had') await untilUndoing(ended.signal);
      await client.query('rollback');
      const { exitCode, all: output } = await running;
      const report = await newestReport(scenario.project.root, 'staging');
      const code = {
        'the session is ended': 'CONNECTION_LOST',
        'somebody presses Ctrl-C': 'CANCELLED',
        'the lock is not to be had': 'LOCK_TIMEOUT',
      }[fault];
      expect({ pid, exitCode, output, report }).toMatchObject({
        pid: expect.any(Number),
        exitCode: 1,
        report: {
          outcome: 'rolled-back',
          failure: { code },
          rollback: { verified: true, quarantine: null },
          warnings: [],
        },
      });
      expect(await scenario.identity()).toEqual(before);
      expect(await databasesOf(scenario.database.url, report?.id ?? '')).toEqual([]);
    },
  );
});
