import { describeRun, list } from '../describe.ts';
import type { Migration } from '../migration.ts';
import type { Scenario } from '../scenario.ts';
import { untilRunning } from '../watch-backends.ts';

/** Longer than a second run takes to start, also on a busy machine. */
const SLOW: Migration = {
  number: 20,
  name: 'slow',
  sql: 'create table before_table (id int primary key);\nselect pg_sleep(8);\ncreate table after_table (id int primary key);',
  down: 'drop table before_table;\ndrop table after_table;',
};

/** A second run begins while the first one migrates. */
export const twoAtOnce: Scenario = {
  name: 'two-at-once',
  title: 'A second run begins while the first migrates',
  async observe(stage) {
    await stage.write(SLOW);
    const first = stage.start();
    await untilRunning(stage, 'pg_sleep', first.isRunning);
    const second = await stage.deploy();
    const waited = !first.isRunning();
    const firstRun = await first.result;
    const isOnce = (await stage.tables()).length === 2 && (await stage.history()).length === 1;
    return {
      verdict: second.exitCode === 0 ? 'waits' : waited ? 'collides' : 'refuses-at-once',
      fact: `the first: ${describeRun(firstRun)}; the second: ${describeRun(second)}${waited ? ', after the first had ended' : ', at once'}; ${isOnce ? 'applied once' : `there: ${list(await stage.tables())}`}`,
    };
  },
};
