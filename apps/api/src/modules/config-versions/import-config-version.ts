import { Prisma, type SqlTransaction } from '@apms/db';
import type {
  ConfigSourceType,
  ConfigVersionDetails,
  ImportConfigVersion,
  ImportFinding,
  Produced,
} from '@apms/validators';
import { defaultLimits, readWorkbookInWorker, type WorkbookReading } from '@apms/workbook';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { type LocatedDocument, locateDocument } from '../documents/locate-document.ts';
import { sourceLock } from './lock-version.ts';
import { readConfigVersion } from './read-config-version.ts';
import { readDefaults } from './read-defaults.ts';
import { type ProgressReport, progressReporter } from './report-progress.ts';
import { settleRows } from './settle-rows.ts';
import { storeVersion } from './store-version.ts';

/** After so long a workbook is given up; less than a call may take, so that the reason is told. */
const READING_TIMEOUT_MS = 20_000;

/**
 * Reads a workbook that was uploaded before and stores what it says as a new DRAFT, in one transaction: everything, or
 * nothing. What is wrong in it are findings of the version, not errors of the import.
 * @throws {AppError} ENTITY_NOT_FOUND; WORKBOOK_UNREADABLE when it is no workbook at all; CONFIG_VERSION_UNCHANGED when it is
 * the file of the ACTIVE version; DOCUMENT_CORRUPT
 */
export async function importConfigVersion(
  ctx: WorkspaceContext,
  { documentId, sourceType, notes }: ImportConfigVersion,
): Promise<Produced<typeof ConfigVersionDetails>> {
  const report = progressReporter(ctx, documentId);
  const [document, defaults] = await Promise.all([locateDocument(ctx.db, documentId), readDefaults(ctx.db)]);
  const { name: fileName, mediaType, sha256: checksum } = document;
  try {
    report({ phase: 'unpacking', sheet: null, rowsDone: 0, rowsTotal: null });
    const bytes = await readContent(ctx, document);
    const reading = await readWorkbookInWorker(bytes, {
      defaults,
      timeoutMs: READING_TIMEOUT_MS,
      onProgress: report,
    });
    requireReadable(documentId, reading);
    const { rows, findings: leftOut } = settleRows(reading.rows);
    const findings = [...reading.findings, ...leftOut];
    const version = await ctx.db.transaction(async (tx) => {
      await lockUnchanged(tx, ctx, sourceType, checksum);
      const read = { sourceType, fileName, mediaType, checksum, notes: notes ?? null, rows, findings };
      const id = await storeVersion(tx, ctx, read, (rowsDone, rowsTotal) =>
        report({ phase: 'storing', sheet: null, rowsDone, rowsTotal }),
      );
      const [imported] = await Promise.all([
        readConfigVersion(tx, id),
        recordAuditEvent(tx, ctx, {
          action: 'configVersions.import',
          entityType: 'configVersion',
          entityId: id,
          details: { documentId, sourceType, checksum, findings: findings.length },
        }),
      ]);
      return imported;
    });
    report(finished('done'));
    return version;
  } catch (error) {
    report(finished('failed'));
    throw error;
  }
}

async function readContent(
  { services }: WorkspaceContext,
  { documentId, sizeBytes, storageKey }: LocatedDocument,
): Promise<Uint8Array> {
  const { fileBytes } = defaultLimits;
  if (sizeBytes > fileBytes) {
    const reason = `It is larger than ${fileBytes} bytes.`;
    throw new AppError({ code: 'WORKBOOK_UNREADABLE', documentId, reason });
  }
  return await services.documents.readAll(storageKey, fileBytes);
}

function requireReadable(documentId: string, { findings }: WorkbookReading): void {
  const refusal = findings.find(({ code }: ImportFinding) => code.startsWith('FILE_'));
  if (refusal === undefined) return;
  throw new AppError({ code: 'WORKBOOK_UNREADABLE', documentId, reason: refusal.reason });
}

/** Takes the source's lock, under which no version gets a number or becomes ACTIVE. */
async function lockUnchanged(
  tx: SqlTransaction,
  ctx: WorkspaceContext,
  sourceType: ConfigSourceType,
  checksum: string,
): Promise<void> {
  const [, [active]] = await Promise.all([
    tx.query(Prisma.sql`select ${sourceLock(ctx, Prisma.sql`${sourceType}::text`)}`),
    tx.query<{ activeVersionNumber: number }[]>(Prisma.sql`
      select version_number as "activeVersionNumber" from config_versions
      where source_type = ${sourceType} and status = 'ACTIVE' and source_checksum = ${checksum}`),
  ]);
  if (active !== undefined) throw new AppError({ code: 'CONFIG_VERSION_UNCHANGED', sourceType, ...active });
}

function finished(phase: 'done' | 'failed'): ProgressReport {
  return { phase, sheet: null, rowsDone: 0, rowsTotal: null };
}
