import type { ForeignKey } from '@apms/validators';
import { checks } from '../checks.ts';
import type { OrphanQuery } from '../plan-orphan-queries.ts';
import { runnerSql } from '../run-checks-sql.ts';
import { beginScript } from './begin-script.ts';
import { checkPart } from './check-part.ts';
import { orphansPart } from './orphans-part.ts';
import { readme } from './readme.ts';
import { reportScript } from './report-script.ts';

/** What the scripts are made of; the same input makes the same bytes. */
export interface PsqlScriptsInput {
  /** Who wrote them: the tool with its version and commit. */
  readonly writtenBy: string;
  /** Names of the migrations that a database has to have, and no others, for the scripts to run on it. */
  readonly migrations: readonly string[];
  /** One for each declared foreign key. */
  readonly orphanQueries: readonly OrphanQuery[];
}

/**
 * The validation suite for people who have nothing but `psql`: file names and their texts. The checks are the very SQL
 * that {@link runValidationSuite} sends, run by the very runner; `run-all.sql` decides by the rules of the deploy tool.
 */
export function psqlScripts({ writtenBy, migrations, orphanQueries }: PsqlScriptsInput): Map<string, string> {
  const level = migrations.toSorted();
  const heading = (about: string) =>
    `-- ${about}\n-- Written by ${writtenBy}, for databases whose last migration is ${level.at(-1) ?? 'none'}.\n\n`;
  const sorted = orphanQueries.toSorted((a, b) => compareKeys(a.foreignKey, b.foreignKey));
  const parts = ['orphans', ...checks.map(({ code }) => code)];
  const files: [name: string, about: string, body: string][] = [
    ['run-all.sql', 'The whole validation suite, and what is decided by it.', standalone(parts.map(include))],
    ['orphans.sql', 'Orphans of every declared foreign key.', standalone([orphansPart(sorted)])],
    ...checks.map((check): [string, string, string] => [
      `${check.code}.sql`,
      `${check.code} ${check.title}`,
      standalone([...(check.code === 'C1' ? [orphansUnlessKnown] : []), checkPart(check)]),
    ]),
    [
      'lib/begin.sql',
      'Opens the transaction in which everything runs; refuses other databases.',
      beginScript(level),
    ],
    [
      'lib/runner.sql',
      'Runs the checks that are waiting, each one undone by its own subtransaction.',
      `${runnerSql};\n`,
    ],
    [
      'lib/end.sql',
      'Rolls back, tells what was found, and ends psql with an error unless it is GO.',
      reportScript,
    ],
  ];
  return new Map([
    ['README.md', readme({ writtenBy, level, keys: sorted.length })],
    ...files.map(([name, about, body]): [string, string] => [name, heading(about) + body]),
  ]);
}

const include = (part: string) => `\\ir ${part}.sql\n`;

/** What runs alone as well as within another file. */
function standalone(body: readonly string[]): string {
  return `\\ir lib/begin.sql\n${body.join('')}\\ir lib/end.sql\n`;
}

/** C1 tells of the orphans, too. */
const orphansUnlessKnown = `\\if :{?validation_orphans_known}\n\\else\n\\ir orphans.sql\n\\endif\n`;

function compareKeys(a: ForeignKey, b: ForeignKey): number {
  return compare(a.table, b.table) || compare(a.name, b.name);
}

/** Not by the locale of the machine: the same everywhere. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
