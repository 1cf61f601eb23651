import { Prisma } from '@apms/db';

/** `select` of a config version as its schema names it, from {@link versionSource}. */
export const versionColumns = Prisma.sql`
  select v.id, v.source_type as "sourceType", v.version_number as "versionNumber", v.status,
         v.source_file_name as "sourceFileName", v.source_file_type as "sourceFileType",
         v.source_checksum as "sourceChecksum", v.validation_status as "validationStatus",
         v.warnings_acknowledged_at as "warningsAcknowledgedAt", v.previous_version_id as "previousVersionId",
         v.superseded_by_id as "supersededById", v.is_rollback as "isRollback", v.notes,
         v.imported_by_id as "importedById", importer.display_name as "importedByName",
         v.imported_at as "importedAt", v.activated_by_id as "activatedById", v.activated_at as "activatedAt",
         v.superseded_at as "supersededAt", v.archived_at as "archivedAt"`;

/** Config versions with the people who imported them. */
export const versionSource = Prisma.sql`from config_versions v join users importer on importer.id = v.imported_by_id`;
