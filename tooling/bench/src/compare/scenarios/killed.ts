import { describeHistory, describeRun, list } from '../describe.ts';
import { type Migration, tableMigration } from '../migration.ts';
import type { Scenario } from '../scenario.ts';
import { untilAlone, untilRunning } from '../watch-backends.ts';

const SLOW: Migration = {
  number: 30,
  name: 'slow',
  sql: 'create table before_table (id int primary key);\nselect pg_sleep(4);\ncreate table after_table (id int primary key);',
  down: 'drop table before_table;\ndrop table after_table;',
};

/** SIGKILL while the second migration runs on the target; what is left, and whether the next run gets on by itself. */
export const killed: Scenario = {
  name: 'killed',
  title: 'SIGKILL while the second of two migrations runs',
  async observe(stage) {
    await stage.write(tableMigration(20, 'first'), SLOW);
    const running = stage.start();
    const isSeen = await untilRunning(stage, 'pg_sleep', running.isRunning);
    running.kill();
    const { exitCode } = await running.result;
    if (!isSeen || exitCode !== null) return { verdict: 'not-seen', fact: 'its statement was not seen' };
    const atOnce = await stage.deploy();
    await untilAlone(stage);
    const tables = await stage.tables();
    const history = await stage.history();
    const later = await stage.deploy();
    const [atEnd, whole] = [await stage.tables(), 3];
    return {
      verdict: later.exitCode === 0 && atEnd.length === whole ? 'goes-on' : 'needs-a-person',
      fact: `the next run at once: ${describeRun(atOnce)}; then there: ${list(tables)}; history: ${describeHistory(history)}; one run more: ${describeRun(later)}`,
    };
  },
};
