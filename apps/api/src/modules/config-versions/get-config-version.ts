import type { ConfigVersionDetails, ConfigVersionRef, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { readConfigVersion } from './read-config-version.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function getConfigVersion(
  { db }: WorkspaceContext,
  { configVersionId }: ConfigVersionRef,
): Promise<Produced<typeof ConfigVersionDetails>> {
  return await readConfigVersion(db, configVersionId);
}
