import { setTimeout as sleep } from 'node:timers/promises';
import { describeRun, seconds } from '../describe.ts';
import type { Migration } from '../migration.ts';
import type { RunningTool } from '../run-tool.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const COLUMN: Migration = {
  number: 20,
  name: 'column',
  sql: 'alter table things add column extra int;',
  down: 'alter table things drop column extra;',
};

/** How long somebody else's transaction goes on after the tool has begun to wait for it. */
const HELD_MS = 10_000;
const POLL_MS = 20;
const WAITING = `
  select distinct l.pid || ' ' || l.waitstart as wait from pg_locks l join pg_stat_activity a using (pid)
   where not l.granted and l.waitstart is not null and a.datname = current_database()
     and a.application_name not like 'apms-bench%'`;

/** A long transaction has read the table; the migration wants it alone; others only want to read it. */
export const lockedTable: Scenario = {
  name: 'locked-table',
  title: "A long transaction holds the migration's table for 10 s more",
  async observe(stage) {
    await stage.write(COLUMN);
    const { server } = stage.bench;
    return server.withClient('target', async (holder) => {
      await holder.query('begin; select from things');
      const running = stage.start();
      const readers = watchReaders(stage);
      const waits = await watchWaits(stage, running);
      const stillWaiting = running.isRunning();
      await holder.query('commit');
      const run = await running.result;
      const longest = await readers.stop();
      const attempts = waits.size === 1 ? 'one wait' : `${waits.size} waits`;
      return {
        verdict: waits.size > 1 ? 'retries' : stillWaiting ? 'waits' : 'gives-up',
        fact: `${attempts}${stillWaiting ? '' : ', then gave up'}; readers stood behind it for up to ${seconds(longest)}; ${describeRun(run)}`,
      };
    });
  },
};

/** Every wait of the tool for a lock, until it ends or has had time enough. */
async function watchWaits(stage: Stage, { isRunning }: RunningTool): Promise<Set<string>> {
  const seen = new Set<string>();
  let firstAt = Number.POSITIVE_INFINITY;
  while (isRunning() && performance.now() - firstAt < HELD_MS) {
    for (const { wait } of await stage.query<{ wait: string }>(WAITING)) {
      firstAt = Math.min(firstAt, performance.now());
      seen.add(wait);
    }
    await sleep(POLL_MS);
  }
  return seen;
}

/** Reads the table all the time, and tells the longest time that one read took, in milliseconds. */
function watchReaders({ bench }: Stage): { stop: () => Promise<number> } {
  let longest = 0;
  const done = new AbortController();
  const reading = bench.server.withClient('target', async (client) => {
    while (!done.signal.aborted) {
      const startedAt = performance.now();
      await client.query('select count(*) from things');
      longest = Math.max(longest, performance.now() - startedAt);
      await sleep(POLL_MS);
    }
  });
  return {
    async stop() {
      done.abort();
      await reading;
      return longest;
    },
  };
}
