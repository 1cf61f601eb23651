import { describeHistory, describeRun, list } from '../describe.ts';
import { type Migration, tableMigration } from '../migration.ts';
import type { Scenario } from '../scenario.ts';

const FIRST = tableMigration(20, 'first');
const SECOND: Migration = {
  number: 30,
  name: 'second',
  sql: 'create table second_table (id int primary key);\nalter table things add column broken no_such_type;\ncreate table third_table (id int primary key);',
  down: 'drop table second_table;',
};
const MENDED = { ...SECOND, sql: SECOND.sql.replace('no_such_type', 'text') };

/** Two migrations of which the second fails in its middle; then the same again, and with the file mended. */
export const failingSet: Scenario = {
  name: 'failing-set',
  title: 'Of two migrations the second fails midway',
  async observe(stage) {
    await stage.write(FIRST, SECOND);
    const failed = await stage.deploy();
    const tables = await stage.tables();
    const history = await stage.history();
    const again = await stage.deploy();
    await stage.write(FIRST, MENDED);
    const mended = await stage.deploy();
    const left = { 0: 'nothing-left', 1: 'first-migration-left' }[tables.length] ?? 'half-a-migration-left';
    return {
      verdict: failed.exitCode === 0 ? 'not-noticed' : left,
      fact: `${describeRun(failed)}; left: ${list(tables)}; history: ${describeHistory(history)}; again: ${describeRun(again)}; file mended: ${describeRun(mended)}`,
    };
  },
};
