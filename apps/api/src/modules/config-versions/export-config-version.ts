import type { ConfigVersionRef, Document, Produced } from '@apms/validators';
import { writeWorkbook } from '@apms/workbook';
import type { WorkspaceContext } from '../../context.ts';
import { uploadDocument } from '../documents/upload-document.ts';
import { readConfigVersion } from './read-config-version.ts';
import { readConfigurationRows } from './read-configuration-rows.ts';

/**
 * Stores what a version holds as a workbook that imports to the same rows, and gives the document: it is downloaded as
 * every document is, by the one route that streams, and what was handed out can be looked up later.
 * @throws {AppError} ENTITY_NOT_FOUND
 */
export async function exportConfigVersion(
  ctx: WorkspaceContext,
  { configVersionId }: ConfigVersionRef,
): Promise<Produced<typeof Document>> {
  const { sourceType, versionNumber } = await readConfigVersion(ctx.db, configVersionId);
  const rows = await readConfigurationRows(ctx.db, configVersionId);
  const workbook = await writeWorkbook(rows);
  return await uploadDocument(ctx, {
    name: `${sourceType.toLowerCase().replaceAll('_', '-')}-v${versionNumber}.xlsx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    expectedSha256: null,
    content: inOneChunk(workbook),
    idempotencyKey: null,
  });
}

async function* inOneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
