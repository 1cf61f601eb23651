import type { Document, DocumentRef, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { readDocument } from './read-document.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function getDocument(
  { db }: WorkspaceContext,
  { documentId }: DocumentRef,
): Promise<Produced<typeof Document>> {
  return await readDocument(db, documentId);
}
