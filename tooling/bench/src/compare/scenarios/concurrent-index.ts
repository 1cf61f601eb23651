import { describeRun } from '../describe.ts';
import type { Migration } from '../migration.ts';
import type { Scenario } from '../scenario.ts';

const CONCURRENT: Migration = {
  number: 20,
  name: 'concurrent',
  sql: 'create unique index concurrently things_code_key on things (code);',
  down: 'drop index things_code_key;',
  alone: true,
};

/** A unique index that the rows do not allow, built concurrently; then the rows are mended. */
export const concurrentIndex: Scenario = {
  name: 'concurrent-index',
  title: '`CREATE UNIQUE INDEX CONCURRENTLY` fails on the rows; then the rows are mended',
  async observe(stage) {
    await stage.write(CONCURRENT);
    const failed = await stage.deploy();
    const invalid = await stage.query(
      "select from pg_index where indexrelid = to_regclass('things_code_key') and not indisvalid",
    );
    await stage.query("update things set code = 'c' where id = 3");
    const again = await stage.deploy();
    const left = invalid.length > 0;
    return {
      verdict: left ? 'invalid-index-left' : 'nothing-left',
      fact: `${describeRun(failed)}; ${left ? 'an invalid index is left' : 'no index is left'}; rows mended: ${describeRun(again)}`,
    };
  },
};
