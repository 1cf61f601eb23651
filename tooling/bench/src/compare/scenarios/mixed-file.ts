import { describeHistory, describeRun, list } from '../describe.ts';
import type { Migration } from '../migration.ts';
import type { Scenario } from '../scenario.ts';

const MIXED: Migration = {
  number: 20,
  name: 'mixed',
  sql: 'create table extra_table (id int primary key);\ncreate index concurrently things_code_idx on things (code);',
  down: 'drop table extra_table;\ndrop index things_code_idx;',
  alone: true,
};

/** One file with a statement that may be in a transaction and one that may not. */
export const mixedFile: Scenario = {
  name: 'mixed-file',
  title: '`CREATE INDEX CONCURRENTLY` in one file with another statement',
  async observe(stage) {
    await stage.write(MIXED);
    const run = await stage.deploy();
    const tables = await stage.tables();
    const history = await stage.history();
    return {
      verdict: run.exitCode === 0 ? 'deployed' : tables.length === 0 ? 'refused' : 'half-left',
      fact: `${describeRun(run)}; there: ${list(tables)}; history: ${describeHistory(history)}`,
    };
  },
};
