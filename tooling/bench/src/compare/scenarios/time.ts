import { BenchError } from '../../bench-error.ts';
import { median } from '../../median.ts';
import { seconds } from '../describe.ts';
import type { Migration } from '../migration.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const [MIGRATIONS, TABLES] = [5, 4];

/** 20 tables with 60 foreign keys and 90 indexes, primary keys included, in five migrations. */
const FIVE: Migration[] = Array.from({ length: MIGRATIONS }, (_, index) => {
  const tables = Array.from({ length: TABLES }, (_each, nth) =>
    tableSql(index * TABLES + nth, nth < TABLES / 2),
  );
  return { number: 20 + index, name: `part_${index + 1}`, sql: tables.join('\n'), down: '' };
});

function tableSql(number: number, hasNoteIndex: boolean): string {
  const name = `part_${number}`;
  const keys = ['a', 'b', 'c'];
  const target = number === 0 ? 'things' : `part_${number - 1}`;
  return [
    `create table ${name} (id int primary key, ${keys.map((key) => `${key} int references ${target}`).join(', ')}, note text);`,
    ...keys.map((key) => `create index ${name}_${key}_idx on ${name} (${key});`),
    ...(hasNoteIndex ? [`create index ${name}_note_idx on ${name} (note);`] : []),
  ].join('\n');
}

/** Five migrations as one deployment, and then runs with nothing to do; processes from start to end. */
export const time: Scenario = {
  name: 'time',
  title: 'Time: five migrations (20 tables, 60 keys, 90 indexes) · nothing to do',
  async observe(stage) {
    await stage.write(...FIVE);
    const five = await successful(stage);
    const nothing: number[] = [];
    for (let run = 0; run <= stage.bench.runs; run += 1) nothing.push(await successful(stage));
    // The first one may have to learn what the later ones know.
    const usual = median(nothing.slice(1));
    return {
      verdict: `${Math.round(five)} ${Math.round(usual)}`,
      fact: `${seconds(five)} · ${seconds(usual)}`,
    };
  },
};

async function successful(stage: Stage): Promise<number> {
  const { exitCode, ms, output } = await stage.deploy();
  if (exitCode !== 0)
    throw new BenchError(`${stage.tool.name} did not deploy the five migrations: ${output}`);
  return ms;
}
