import { describeHistory, describeRun, list } from '../describe.ts';
import type { Scenario } from '../scenario.ts';
import { UNIQUE_CODE } from './unique-code.ts';

/** One file of two statements, the second of which the rows do not allow. */
export const failingFile: Scenario = {
  name: 'failing-file',
  title: 'A file of two statements, the second of which the rows do not allow',
  async observe(stage) {
    await stage.write(UNIQUE_CODE);
    const failed = await stage.deploy();
    const tables = await stage.tables();
    const history = await stage.history();
    return {
      verdict: tables.length === 0 ? 'nothing-left' : 'first-statement-left',
      fact: `${describeRun(failed)}; left: ${list(tables)}; history: ${describeHistory(history)}`,
    };
  },
};
