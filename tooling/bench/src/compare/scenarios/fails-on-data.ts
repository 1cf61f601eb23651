import { describeRun } from '../describe.ts';
import type { Scenario } from '../scenario.ts';
import { statementsOn } from '../statements.ts';
import { UNIQUE_CODE } from './unique-code.ts';

/** How much of such a file had the target seen when the failure was known? */
export const failsOnData: Scenario = {
  name: 'fails-on-data',
  title: 'The same file: what of it had reached the target when the failure was known',
  async observe(stage) {
    await stage.write(UNIQUE_CODE);
    const { result, statements } = await statementsOn(stage, () => stage.deploy());
    const sent = statements.filter((statement) => /extra_table|things_code_key/.test(statement));
    return {
      verdict: sent.length === 0 ? 'found-before' : 'found-on-the-target',
      fact: `${sent.length === 0 ? 'nothing' : sent.length === 1 ? 'all, in one message' : `${sent.length} statements, one after another`}; ${describeRun(result)}`,
    };
  },
};
