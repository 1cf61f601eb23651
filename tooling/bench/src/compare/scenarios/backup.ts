import { describeRun } from '../describe.ts';
import { tableMigration } from '../migration.ts';
import type { Scenario } from '../scenario.ts';

const RESTORED = 'restored';

/** After a deployment: is there a backup of what was before, can it be tried, and does it restore? */
export const backup: Scenario = {
  name: 'backup',
  title: 'A backup of what was before: made, tried, restored',
  async observe(stage) {
    const { bench, place, tool } = stage;
    await stage.write(tableMigration(20, 'first'));
    await stage.deploy();
    if (tool.backup === undefined) {
      const { output } = await stage.run('--help', tool.help(place));
      const isKnown = /\bback-?ups?\b/i.test(output);
      return isKnown
        ? { verdict: 'not-tried', fact: 'its `--help` knows of one, which was not tried' }
        : { verdict: 'none', fact: 'none, and no command for it in its `--help`' };
    }
    const tried = await stage.run('backup verify', tool.backup.verify(place));
    const restored = await stage.run('backup restore', tool.backup.restore(place, RESTORED));
    const tables = `select relname from pg_class where relname in ('things', 'first_table')`;
    const [rows, found] = await bench.server.withClient(RESTORED, async (client) => [
      (await client.query('select from things')).rowCount,
      (await client.query(tables)).rowCount,
    ]);
    await bench.server.dropDatabase(RESTORED);
    return {
      verdict: rows === 3 && found === 1 ? 'restores' : 'does-not-restore',
      fact: `made; tried: ${describeRun(tried)}; restored: ${describeRun(restored)}, ${rows} of 3 rows`,
    };
  },
};
