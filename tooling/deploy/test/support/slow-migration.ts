import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Scenario } from './scenario.ts';

export const SLOW_MIGRATION = '20270101000000_slow';

/** A migration that takes a minute in one step, so that it can be caught there. */
export interface SlowMigration {
  readonly sql: string;
  /** Waits until it is at work. */
  untilAtWork(scenario: Scenario): Promise<void>;
}

/** Slow where the name of the database is like the pattern. */
export function slowMigration(pattern: string): SlowMigration {
  const mark = randomUUID();
  return {
    sql: `
      create table slow (id int primary key);
      do $$ begin /* ${mark} */
        if current_database() like '${pattern}' then perform pg_sleep(60); end if;
      end $$;`,
    async untilAtWork({ query }) {
      const asleep = () =>
        query(
          "select 1 from pg_stat_activity where wait_event = 'PgSleep' and pid <> pg_backend_pid() and strpos(query, $1) > 0",
          [mark],
        );
      await expect.poll(asleep, { timeout: 100_000, interval: 20 }).toHaveLength(1);
    },
  };
}
