import { Prisma, type WorkspaceDb } from '@apms/db';
import type { IntegrityAuditRef, IntegrityFindings, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { identifier } from './identifier.ts';
import { readAudit } from './read-audit.ts';
import { StoredResults } from './stored-results.ts';

/**
 * What a run found. An audit looks at the whole database: how many orphans a key has is told to everybody who may read
 * audits, which rows they are only to the workspace that they belong to.
 * @throws {AppError} ENTITY_NOT_FOUND
 */
export async function listFindings(
  { db }: WorkspaceContext,
  { auditId }: IntegrityAuditRef,
): Promise<Produced<typeof IntegrityFindings>> {
  const [audit, [row]] = await Promise.all([
    readAudit(db, auditId),
    db.query<{ results: unknown }[]>(
      Prisma.sql`select results from data_integrity_audit_log where id = ${auditId}`,
    ),
  ]);
  const { findings, skipped } = StoredResults.parse(row?.results);
  const own = await ownSamples(db, findings);
  return {
    audit,
    findings: findings.map(({ name, sampleIds, ...finding }, index) => ({
      ...finding,
      constraintName: name,
      sampleIds: sampleIds.filter((id) => own.get(index)?.has(id)),
    })),
    skipped: skipped.map(({ name, table }) => ({ constraintName: name, table })),
  };
}

/** The sampled rows that the workspace has, by the number of their finding. */
async function ownSamples(
  db: WorkspaceDb,
  findings: StoredResults['findings'],
): Promise<Map<number, Set<string>>> {
  const scoped = await db.query<{ table: string; key: string }[]>(Prisma.sql`
    select c.relname as table, a.attname as key
    from pg_class c
    join pg_index i on i.indrelid = c.oid and i.indisprimary and i.indnkeyatts = 1
    join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
    where c.relnamespace = 'public'::regnamespace and c.relname = any(${findings.map(({ table }) => table)}::text[])
      and exists (select from pg_attribute w where w.attrelid = c.oid and w.attname = 'workspace_id')`);
  const keys = new Map(scoped.map(({ table, key }) => [table, key]));
  const lookups = findings.flatMap(({ table, sampleIds }, index) => {
    const key = keys.get(table);
    if (key === undefined || sampleIds.length === 0) return [];
    return [
      Prisma.sql`select ${index}::int as index, r.${identifier(key)}::text as id from public.${identifier(table)} r
                 where r.${identifier(key)}::text = any(${sampleIds}::text[])
                   and r.workspace_id = ${db.scope.workspaceId}::uuid`,
    ];
  });
  const own = new Map<number, Set<string>>();
  if (lookups.length === 0) return own;
  const rows = await db.query<{ index: number; id: string }[]>(Prisma.join(lookups, ' union all '));
  for (const { index, id } of rows) own.set(index, (own.get(index) ?? new Set()).add(id));
  return own;
}
