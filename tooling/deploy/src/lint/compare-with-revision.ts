import type { DeploymentFinding } from '@apms/validators';
import { historyFinding } from '../migrations/history-finding.ts';
import type { Migration } from '../migrations/read.ts';

/** Where a migrations folder differs from what a revision has of it. */
export interface RevisionDifference {
  /** Migrations that the revision does not have. */
  since: Migration[];
  /** What a target refuses to which the revision was deployed. */
  findings: DeploymentFinding[];
}

/**
 * Takes what a revision has for deployed. `known` are the names of its migrations, `changed` those of them whose file
 * is another one now.
 */
export function compareWithRevision(
  migrations: readonly Migration[],
  { revision, known, changed }: { revision: string; known: readonly string[]; changed: ReadonlySet<string> },
): RevisionDifference {
  const since = migrations.filter(({ name }) => !known.includes(name));
  const last = known.toSorted().at(-1) ?? '';
  return {
    since,
    findings: [
      ...known
        .filter((name) => !migrations.some((migration) => migration.name === name))
        .map((name) =>
          historyFinding(
            'missing',
            name,
            `${name} is in ${revision}, but no longer in the migrations folder: a target that has applied it refuses the next deployment.`,
            'Bring the file back, and undo in a new migration what it did.',
          ),
        ),
      ...migrations
        .filter(({ name }) => known.includes(name) && changed.has(name))
        .map(({ name }) =>
          historyFinding(
            'edited',
            name,
            `${name} was edited since ${revision}: a target that has applied it refuses the next deployment.`,
            'Restore the file, and put the change into a new migration.',
          ),
        ),
      ...since
        .filter(({ name }) => name < last)
        .map(({ name }) =>
          historyFinding(
            'out-of-order',
            name,
            `${name} is new, but ${last}, which sorts after it, is in ${revision} already: a target that has applied that refuses the next deployment.`,
            `Rename its folder so that it sorts after ${last}.`,
          ),
        ),
    ],
  };
}
