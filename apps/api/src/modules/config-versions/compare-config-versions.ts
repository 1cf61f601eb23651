import { Prisma } from '@apms/db';
import {
  type CompareConfigVersions,
  type ConfigChangeCounts,
  type ConfigComparison,
  type ConfigDifference,
  ConfigRowKind,
  type Produced,
} from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { readPosition, writePosition } from './comparison-cursor.ts';
import { requireVersions } from './require-versions.ts';
import { rowSources } from './row-sources.ts';
import { withoutNestedLoops } from './without-nested-loops.ts';

type Difference = Produced<typeof ConfigDifference>;

interface Compared {
  readonly counts: ConfigChangeCounts[];
  readonly page: Difference[];
}

/** What became of the rows from one version to another, by natural key. @throws {AppError} ENTITY_NOT_FOUND, CURSOR_INVALID */
export async function compareConfigVersions(
  { db }: WorkspaceContext,
  input: CompareConfigVersions,
): Promise<Produced<typeof ConfigComparison>> {
  const { fromVersionId, toVersionId, limit } = input;
  const query = comparison(input);
  const [, [compared]] = await db.transaction((tx) =>
    Promise.all([
      requireVersions(tx, [fromVersionId, toVersionId]),
      withoutNestedLoops<Compared[]>(tx, query),
    ]),
  );
  const { counts, page } = compared ?? { counts: [], page: [] };
  const items = page.slice(0, limit).map(withChangedFields);
  const last = items.at(-1);
  return {
    summary: ConfigRowKind.options.map(
      (kind) => counts.find((count) => count.kind === kind) ?? { kind, added: 0, removed: 0, changed: 0 },
    ),
    items,
    nextCursor: page.length > limit && last !== undefined ? writePosition(last) : null,
  };
}

function comparison(input: CompareConfigVersions): Prisma.Sql {
  const { kind, change, cursor, limit } = input;
  const where = [Prisma.sql`true`];
  if (kind !== undefined) where.push(Prisma.sql`d.kind = ${kind}`);
  if (change !== undefined) where.push(Prisma.sql`d.change = ${change}`);
  if (cursor !== undefined) {
    const after = readPosition(cursor);
    where.push(Prisma.sql`(d.position, d.key) > (${positionOf(after.kind)}::int, ${after.key}::text[])`);
  }
  const differences = ConfigRowKind.options.map((each) => differencesOf(each, input));
  return Prisma.sql`
    with d as materialized (${Prisma.join(differences, ' union all ')})
    select
      array(
        select jsonb_build_object('kind', d.kind, 'added', count(*) filter (where d.change = 'ADDED'),
          'removed', count(*) filter (where d.change = 'REMOVED'),
          'changed', count(*) filter (where d.change = 'CHANGED'))
        from d group by d.kind
      ) as counts,
      array(
        select to_jsonb(d) - 'position' from d where ${Prisma.join(where, ' and ')}
        order by d.position, d.key limit ${limit + 1}
      ) as page`;
}

/** The rows of a kind that are only in one of the versions, or not alike in both. */
function differencesOf(
  kind: ConfigRowKind,
  { fromVersionId, toVersionId }: CompareConfigVersions,
): Prisma.Sql {
  const { key, fields, from } = rowSources[kind];
  const rowsOf = (id: string) =>
    Prisma.sql`(select ${key} as key, ${fields} ${from} where t.config_version_id = ${id})`;
  return Prisma.sql`
    select ${positionOf(kind)}::int as position, ${kind}::text as kind, coalesce(a.key, b.key) as key,
           case when a.key is null then 'ADDED' when b.key is null then 'REMOVED' else 'CHANGED' end as change,
           case when a.key is not null then to_jsonb(a) - 'key' end as before,
           case when b.key is not null then to_jsonb(b) - 'key' end as after
    from ${rowsOf(fromVersionId)} a full join ${rowsOf(toVersionId)} b on a.key = b.key
    where a is distinct from b`;
}

function positionOf(kind: ConfigRowKind): number {
  return ConfigRowKind.options.indexOf(kind);
}

function withChangedFields(difference: Difference): Difference {
  const { before, after } = difference;
  if (before === null || after === null) return { ...difference, changedFields: [] };
  const former = new Map<string, unknown>(Object.entries(before));
  const changedFields = Object.entries<unknown>(after).flatMap(([field, value]) =>
    JSON.stringify(value) === JSON.stringify(former.get(field)) ? [] : [field],
  );
  return { ...difference, changedFields };
}
