import { Prisma, type SqlTransaction } from '@apms/db';
import type { Produced, RemediateOrphans, Remediation, RemediationRefusal } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { actAsSystem } from './act-as-system.ts';
import { explainRefusal } from './explain-refusal.ts';
import { quarantineRows } from './quarantine-rows.ts';
import { readAudit } from './read-audit.ts';
import { relinkRows } from './relink-rows.ts';
import { quarantineRefusal, type RemediableKey, readRemediableKey, relinkRefusal } from './remediable-key.ts';

/**
 * Moves orphans aside or links them anew: exactly those rows, all or none, and only while they are orphans.
 * @throws {AppError} ENTITY_NOT_FOUND; REFERENCE_NOT_FOUND for a key in which the audit found nothing, and for a row to
 * refer to that is not there; ORPHAN_NOT_FOUND; REMEDIATION_REFUSED; ENTITY_IN_USE when other rows refer to one of them
 */
export async function remediateOrphans(
  ctx: WorkspaceContext,
  input: RemediateOrphans,
): Promise<Produced<typeof Remediation>> {
  const { auditId, constraintName, action, rowIds, referenceId } = input;
  return await ctx.db.transaction(async (tx) => {
    const [, key] = await Promise.all([
      validateFinding(tx, auditId, constraintName),
      readRemediableKey(tx, constraintName),
    ]);
    refuse(key, referenceId === undefined ? quarantineRefusal(key) : relinkRefusal(key));
    const quarantinedRowIds = await explainRefusal(key, () =>
      actAsSystem(tx, async () => {
        if (referenceId === undefined) return await quarantineRows(tx, ctx, key, input);
        await relinkRows(tx, ctx, key, { rowIds, referenceId });
        return [];
      }),
    );
    await recordAuditEvent(tx, ctx, {
      action: 'integrityAudits.remediate',
      entityType: 'integrityAudit',
      entityId: auditId,
      details: { ...input, quarantinedRowIds },
    });
    return { constraintName, action, rowIds, quarantinedRowIds };
  });
}

function refuse({ constraintName, table }: RemediableKey, reason: RemediationRefusal | null): void {
  if (reason !== null) throw new AppError({ code: 'REMEDIATION_REFUSED', constraintName, table, reason });
}

async function validateFinding(tx: SqlTransaction, auditId: string, constraintName: string): Promise<void> {
  const finding = JSON.stringify([{ name: constraintName }]);
  const [, found] = await Promise.all([
    readAudit(tx, auditId),
    tx.query<unknown[]>(Prisma.sql`
      select from data_integrity_audit_log where id = ${auditId} and results -> 'findings' @> ${finding}::jsonb`),
  ]);
  if (found.length > 0) return;
  throw new AppError({
    code: 'REFERENCE_NOT_FOUND',
    entity: 'finding',
    field: 'constraintName',
    id: constraintName,
  });
}
