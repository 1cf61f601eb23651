import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeRun } from '../describe.ts';
import type { Migration } from '../migration.ts';
import type { Scenario } from '../scenario.ts';

const DROP: Migration = {
  number: 20,
  name: 'drop_note',
  sql: '-- deploy:allow drop-column nothing reads it\nalter table things drop column note;',
  down: 'alter table things add column note text;',
};

/** A column is dropped, and then it turns out that the application needs it: its own check fails, where a tool runs one. */
export const wayBack: Scenario = {
  name: 'way-back',
  title: 'A column with values is dropped; after the commit the application turns out to need it',
  async observe(stage) {
    await stage.write(DROP);
    await writeFile(join(stage.place.directory, 'smoke-fails'), '');
    const deployed = await stage.deploy();
    const byItself = (await notes()).length > 0;
    const back = byItself ? undefined : await stage.back();
    const kept = (await notes()).filter((note) => note !== null).length;
    const isThere = (await notes()).length > 0;
    const how = byItself
      ? 'by itself'
      : back === undefined
        ? 'no command for it'
        : `\`${stage.tool.typed.back}\`: ${describeRun(back)}`;
    return {
      verdict: !isThere ? 'no-way-back' : kept === 3 ? 'column-and-values-back' : 'column-back-empty',
      fact: `${describeRun(deployed)}; way back: ${how}; ${isThere ? `column there, ${kept} of 3 values` : 'column gone'}`,
    };

    async function notes(): Promise<(string | null)[]> {
      const rows = await stage.query<{ row: Record<string, string | null> }>(
        'select to_jsonb(t) as row from things t',
      );
      return rows.flatMap(({ row }) => ('note' in row ? [row['note'] ?? null] : []));
    }
  },
};
