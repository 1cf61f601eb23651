import type { DeploymentFinding } from '@apms/validators';
import type pg from 'pg';
import { z } from 'zod';
import { historyFinding } from './history-finding.ts';
import type { Migration } from './read.ts';

/** A row of `_prisma_migrations`. */
const HistoryRow = z.object({
  id: z.string(),
  name: z.string(),
  checksum: z.string(),
  finishedAt: z.string().nullable(),
  rolledBackAt: z.string().nullable(),
  logs: z.string().nullable(),
});
export type HistoryRow = z.infer<typeof HistoryRow>;

/** The history, oldest first; undefined when Prisma never ran on this database. */
export async function readHistory(client: pg.ClientBase): Promise<HistoryRow[] | undefined> {
  const { rows: exists } = await client.query<{ exists: boolean }>(
    `select to_regclass('public._prisma_migrations') is not null as exists`,
  );
  if (exists[0]?.exists !== true) return undefined;
  const { rows } = await client.query(
    `select id, migration_name as name, checksum, finished_at::text as "finishedAt",
            rolled_back_at::text as "rolledBackAt", logs
       from public._prisma_migrations order by started_at, id`,
  );
  return z.array(HistoryRow).parse(rows);
}

/** The migrations that a history has as applied. */
export function finishedNames(history: readonly HistoryRow[] | undefined): Set<string> {
  const finished = (history ?? []).filter(({ finishedAt, rolledBackAt }) => finishedAt && !rolledBackAt);
  return new Set(finished.map(({ name }) => name));
}

/** What a history says of the folder: what is still to do, and what does not fit. */
export interface Diagnosis {
  applied: Migration[];
  pending: Migration[];
  findings: DeploymentFinding[];
}

/** What Prisma writes around the database's own words, and where its backtrace begins. */
const BOILERPLATE =
  /^(|external connector error|a migration failed to apply\..*|migration name:.*|database error( code)?:.*)$/i;
const BACKTRACE = /^\s+\d+: /;

/** Undefined where the log says nothing of it. */
function causeIn(logs: string): string | undefined {
  const lines = logs.split('\n');
  const backtrace = lines.findIndex((line) => BACKTRACE.test(line));
  const told = lines.slice(0, backtrace === -1 ? undefined : backtrace).map((line) => line.trim());
  const cause =
    told.find((line) => line.startsWith('ERROR:')) ?? told.find((line) => !BOILERPLATE.test(line));
  return cause?.replace(/[.\s]*$/, '.');
}

/** Compares the folder with the history; pure, so that every case is a row in a table of tests. */
export function diagnoseHistory(
  migrations: readonly Migration[],
  history: readonly HistoryRow[] | undefined,
  otherTables: number,
): Diagnosis {
  const rows = (history ?? []).filter(({ rolledBackAt }) => rolledBackAt === null);
  const finished = new Map(
    rows.filter(({ finishedAt }) => finishedAt !== null).map((row) => [row.name, row]),
  );
  const failed = rows.filter(({ name, finishedAt }) => finishedAt === null && !finished.has(name));
  const files = new Map(migrations.map((migration) => [migration.name, migration]));
  const applied = migrations.filter(({ name }) => finished.has(name));
  const pending = migrations.filter(({ name }) => !finished.has(name));
  const last = [...finished.keys()].toSorted().at(-1) ?? '';

  const findings = [
    ...failed.map(({ name, logs }) =>
      historyFinding(
        'failed',
        name,
        `${name} was begun by another tool and never finished. It may have left something behind; what does not belong to the schema is named as drift.`,
        `Look at what is left of it, undo or complete that by hand, then record it: prisma migrate resolve --rolled-back ${name} (or --applied ${name}).`,
        causeIn(logs ?? ''),
      ),
    ),
    ...[...finished.values()].flatMap(({ name, checksum }) => {
      const file = files.get(name);
      if (file === undefined) {
        return historyFinding(
          'missing',
          name,
          `${name} was applied to the target, but its file is not in the migrations folder.`,
          'Bring the file back from the commit that was deployed, or deploy from a checkout that has it.',
        );
      }
      if (file.checksum === checksum) return [];
      return historyFinding(
        'edited',
        name,
        `${name} was edited after it had been applied: the target recorded ${checksum.slice(0, 12)}…, the file is ${file.checksum.slice(0, 12)}….`,
        'Restore the file as it was applied (git log will show it) and put the change into a new migration.',
      );
    }),
    ...pending
      .filter(({ name }) => name < last && !failed.some((row) => row.name === name))
      .map(({ name }) =>
        historyFinding(
          'out-of-order',
          name,
          `${name} is pending, but ${last}, which sorts after it, is applied already: other databases would run them the other way round.`,
          `Rename its folder so that it sorts after ${last}.`,
        ),
      ),
  ];
  if (finished.size === 0 && failed.length === 0 && otherTables > 0) {
    findings.push(
      historyFinding(
        'no-baseline',
        migrations[0]?.name ?? 'migrations',
        `The database has ${otherTables} tables but no migration history.`,
        'Record what it already has, one migration after another: prisma migrate resolve --applied NAME.',
      ),
    );
  }
  return { applied, pending, findings };
}
