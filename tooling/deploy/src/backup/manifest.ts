import { z } from 'zod';

const Grant = z.object({
  /** Null is PUBLIC. */
  grantee: z.string().nullable(),
  privilege: z.enum(['CREATE', 'CONNECT', 'TEMPORARY']),
  grantable: z.boolean(),
});

/** `ALTER DATABASE … SET` (role null) or `ALTER ROLE … IN DATABASE … SET`. */
const Setting = z.object({ role: z.string().nullable(), name: z.string(), value: z.string() });

/** What a database is besides its contents, so that it can be made again like the original. */
export const DatabaseProperties = z.object({
  name: z.string(),
  owner: z.string(),
  encoding: z.string(),
  collate: z.string(),
  ctype: z.string(),
  localeProvider: z.enum(['libc', 'icu', 'builtin']),
  /** The ICU or built-in locale; null for libc. */
  locale: z.string().nullable(),
  icuRules: z.string().nullable(),
  tablespace: z.string(),
  connectionLimit: z.int(),
  comment: z.string().nullable(),
  /** Null means that nobody ever changed the defaults. */
  grants: z.array(Grant).nullable(),
  settings: z.array(Setting),
  sizeBytes: z.number(),
});
export type DatabaseProperties = z.infer<typeof DatabaseProperties>;

/** What is in a table, independent of the order of its rows. */
export const TableContent = z.object({
  /** `schema.table`. */
  table: z.string(),
  kind: z.enum(['table', 'materialized-view', 'large-objects']),
  rows: z.number(),
  /** The sum of a 64-bit hash of every row. */
  hash: z.string(),
});
export type TableContent = z.infer<typeof TableContent>;

/** A file of a backup; `path` is relative to the backup's own place in the store. */
export const BackupFile = z.object({
  path: z.string(),
  sizeBytes: z.number(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackupFile = z.infer<typeof BackupFile>;

export const BackupDriverName = z.enum(['pg_dump', 'snapshot']);
export type BackupDriverName = z.infer<typeof BackupDriverName>;

/**
 * Everything that is known of a backup, all of it as of one moment. It is written last, so that what has a manifest is a
 * complete backup.
 */
export const Manifest = z.object({
  format: z.literal(1),
  id: z.string(),
  target: z.string(),
  driver: BackupDriverName,
  deployment: z.string().nullable(),
  commit: z.string().nullable(),
  createdAt: z.iso.datetime(),
  durationMs: z.number(),
  server: z.object({ version: z.string(), major: z.int() }),
  /** Version by program. */
  tools: z.record(z.string(), z.string()),
  database: DatabaseProperties,
  schemaHash: z.string(),
  /** The migrations that count as applied, oldest first. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string(), finishedAt: z.string() })),
  /** `pg_current_snapshot()` of the backup's moment: rows written later are told by it. */
  snapshot: z.string(),
  tables: z.array(TableContent),
  files: z.array(BackupFile),
  sizeBytes: z.number(),
});
export type Manifest = z.infer<typeof Manifest>;
