import { describeRun } from '../describe.ts';
import { tableMigration } from '../migration.ts';
import { tellingLine } from '../notices.ts';
import type { Scenario } from '../scenario.ts';
import { FIRST, SECOND } from './tampering.ts';

const LATE = tableMigration(25, 'late');

/** A migration arrives that belongs between two that are applied, as after a merge of two branches. */
export const outOfOrder: Scenario = {
  name: 'out-of-order',
  title: 'A pending migration belongs between two applied ones',
  async observe(stage) {
    await stage.write(FIRST, SECOND);
    const before = await stage.deploy();
    await stage.write(FIRST, LATE, SECOND);
    const after = await stage.deploy();
    const isApplied = (await stage.tables()).includes('late_table');
    const told = after.exitCode !== 0 || tellingLine(after) !== tellingLine(before);
    return {
      verdict: isApplied ? (told ? 'applied-and-said' : 'applied-silently') : 'refused',
      fact: `${isApplied ? 'applied' : 'not applied'}${told ? ', and says so' : ' without a word'}, ${describeRun(after)}`,
    };
  },
};
