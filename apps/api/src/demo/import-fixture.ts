import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConfigVersionDetails } from '@apms/validators';
import { enterWorkspace } from '../enter-workspace.ts';
import { uploadDocument } from '../modules/documents/upload-document.ts';
import type { Person } from '../person.ts';
import { callerOf, type DemoWorld, requestOf } from './demo-caller.ts';

const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Uploads, imports and activates the workbook of a real programme, its people replaced. */
export async function importFixture(world: DemoWorld, manager: Person): Promise<ConfigVersionDetails> {
  const file = fileURLToPath(import.meta.resolve('@apms/workbook/fixture'));
  const ctx = await enterWorkspace(requestOf(world, manager), 'documents.write');
  const document = await uploadDocument(ctx, {
    name: basename(file),
    mediaType: WORKBOOK_TYPE,
    expectedSha256: null,
    content: createReadStream(file),
    idempotencyKey: null,
  });
  const { configVersions } = callerOf(world, manager);
  const version = await configVersions.import({ documentId: document.id });
  return await configVersions.activate({ configVersionId: version.id, acknowledgeWarnings: true });
}
