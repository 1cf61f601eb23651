import type { ApproverOverride, OverrideRef, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { readOverride } from './read-override.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function getOverride(
  { db }: WorkspaceContext,
  { overrideId }: OverrideRef,
): Promise<Produced<typeof ApproverOverride>> {
  return await readOverride(db, overrideId);
}
