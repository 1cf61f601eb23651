import type { Produced, Scope, ScopeRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { readConfigRow } from '../config-versions/read-config-row.ts';
import { scopeSource } from './scope-source.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function getScope(
  { db }: WorkspaceContext,
  { scopeId }: ScopeRef,
): Promise<Produced<typeof Scope>> {
  return await readConfigRow(db, 'scope', scopeSource, scopeId);
}
