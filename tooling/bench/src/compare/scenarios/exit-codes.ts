import { describeRun } from '../describe.ts';
import { type Migration, tableMigration } from '../migration.ts';
import type { Scenario } from '../scenario.ts';

const BROKEN: Migration = {
  number: 30,
  name: 'broken',
  sql: 'alter table things add column extra no_such_type;',
  down: '',
};
/** Nobody listens there. */
const CLOSED_PORT = '1';

/** What a script can tell from the exit code. */
export const exitCodes: Scenario = {
  name: 'exit-codes',
  title: 'Exit codes: deployed, nothing to do, a migration fails, the database cannot be reached',
  async observe(stage) {
    const { tool, place } = stage;
    await stage.write(tableMigration(20, 'first'));
    const deployed = await stage.deploy();
    const nothing = await stage.deploy();
    await stage.write(tableMigration(20, 'first'), BROKEN);
    const failed = await stage.deploy();
    const url = new URL(place.url);
    url.port = CLOSED_PORT;
    const environment = { ...place.environment, PGPORT: CLOSED_PORT };
    const unreachable = await stage.run(
      `${tool.typed.deploy}, on a closed port`,
      tool.deploy({ ...place, url: url.href, environment }),
    );
    return {
      verdict: failed.exitCode === unreachable.exitCode ? 'failures-alike' : 'failures-told-apart',
      fact: [deployed, nothing, failed, unreachable].map(describeRun).join(' · '),
    };
  },
};
