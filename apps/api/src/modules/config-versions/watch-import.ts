import { ImportPhase, type ImportProgress, type ImportProgressRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { locateDocument } from '../documents/locate-document.ts';

/**
 * How far the import of a document is from now on, until it is done or has failed. Some steps may be left out, the last
 * one only when the connection to the database was interrupted.
 * @throws {AppError} ENTITY_NOT_FOUND
 */
export async function* watchImport(
  { db, services }: WorkspaceContext,
  { documentId }: ImportProgressRef,
  signal: AbortSignal,
): AsyncGenerator<ImportProgress, void, void> {
  const { workspaceId } = db.scope;
  // Before anything is waited for, so that nothing is missed.
  const changes = services.changes.subscribe(
    (change) =>
      change.kind === 'importProgress' &&
      change.workspaceId === workspaceId &&
      change.documentId === documentId,
    signal,
  );
  await locateDocument(db, documentId);
  for await (const change of changes) {
    if (change.kind !== 'importProgress') continue;
    const { sheet, rowsDone, rowsTotal } = change;
    const phase = ImportPhase.parse(change.phase);
    yield { documentId, phase, sheet, rowsDone, rowsTotal };
    if (phase === 'done' || phase === 'failed') return;
  }
}
