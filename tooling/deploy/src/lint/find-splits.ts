import { arrangeMigrations } from '../sql/arrange.ts';
import type { MigrationSql } from '../sql/classify-migrations.ts';

/** Why a deployment of which a statement is part is no longer one transaction. */
export interface Split {
  /** What PostgreSQL says of the statement. */
  reason: string;
  /** Whether what comes before it has to be committed first and has no inverse; else it is the statement itself that has none. */
  commitsBefore: boolean;
}

/** The splits of each migration, by the place of the statement among those of its file. */
export type Splits = ReadonlyMap<string, ReadonlyMap<number, Split>>;

/**
 * Finds the statements that split a deployment; none where a file does not parse. What a dropped index belongs to must be
 * known, or nothing is said of it.
 */
export async function findSplits(
  migrations: readonly MigrationSql[],
  relatedRelations: ((name: string) => readonly string[]) | undefined,
): Promise<Splits> {
  const units = await arrangeMigrations(migrations, relatedRelations ? { relatedRelations } : {});
  const splits = new Map<string, Map<number, Split>>();
  if (!Array.isArray(units)) return splits;
  let commitsBefore = false;
  for (const unit of units) {
    if (unit.kind === 'transaction') {
      commitsBefore ||= unit.inverses === undefined;
      continue;
    }
    const { inverse, reason, migration, statement } = unit;
    const isUnknown = inverse?.kind === 'recreate-index' && relatedRelations === undefined;
    // Nothing that could fail comes after it, and what was committed before it can be undone.
    const isHarmless = !commitsBefore && (inverse !== undefined || unit === units.at(-1));
    if (isUnknown || isHarmless) continue;
    const ofMigration = splits.get(migration) ?? new Map<number, Split>();
    splits.set(migration, ofMigration.set(statement.index, { reason, commitsBefore }));
  }
  return splits;
}
