import { describeRun } from '../describe.ts';
import type { Migration } from '../migration.ts';
import type { Scenario } from '../scenario.ts';

const DELETE: Migration = { number: 20, name: 'delete_all', sql: 'delete from things;', down: '' };

/** A DELETE whose WHERE was forgotten. */
export const rowLoss: Scenario = {
  name: 'row-loss',
  title: '`DELETE` without `WHERE` in a migration',
  async observe(stage) {
    await stage.write(DELETE);
    const run = await stage.deploy();
    const left = (await stage.query('select from things')).length;
    return {
      verdict: left === 3 ? 'stopped' : 'rows-gone',
      fact: `${describeRun(run)}; ${left} of 3 rows left`,
    };
  },
};
