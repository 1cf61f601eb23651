import type { IntegrityAudit, IntegrityAuditRef, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { readAudit } from './read-audit.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function getAudit(
  { db }: WorkspaceContext,
  { auditId }: IntegrityAuditRef,
): Promise<Produced<typeof IntegrityAudit>> {
  return await readAudit(db, auditId);
}
