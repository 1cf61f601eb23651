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

export const BackupDriverName = z.enum(['pg_dump', 'snapshot', 'pgbackrest']);
export type BackupDriverName = z.infer<typeof BackupDriverName>;

/** Which of pgBackRest's backups it is, and the moment behind that backup's end which the rest of the manifest shows. */
export const PgbackrestBackup = z.object({
  stanza: z.string(),
  /** Number of the repository that holds it, and of what kind that is in pgBackRest's words. */
  repository: z.int(),
  label: z.string(),
  type: z.enum(['full', 'diff', 'incr']),
  /** Labels of the earlier backups whose files it refers to: it restores only as long as these are there too. */
  dependsOn: z.array(z.string()),
  /** A named point in the write-ahead log; `at` is the server's clock, to the microsecond. */
  restorePoint: z.object({
    name: z.string(),
    lsn: z.string(),
    timeline: z.int(),
    at: z.iso.datetime({ precision: 6 }),
  }),
  /** For how long writers were kept out so that the point and the manifest show the same. */
  lockedMs: z.number(),
  systemIdentifier: z.string(),
  clusterBytes: z.number(),
  /** What this backup added to the repository. */
  addedBytes: z.number(),
  /** Where the server's configuration lay; it may be outside the data directory, as on Debian. */
  serverConfigFile: z.string(),
  /** The cluster's other databases, which a swap back takes back too. */
  otherDatabases: z.array(z.string()),
});
export type PgbackrestBackup = z.infer<typeof PgbackrestBackup>;

/** What a backup is, without a word of what is in the database: this much of an encrypted one everybody can read. */
export const SealedManifest = z.object({
  format: z.literal(1),
  id: z.string(),
  target: z.string(),
  driver: BackupDriverName,
  deployment: z.string().nullable(),
  commit: z.string().nullable(),
  createdAt: z.iso.datetime(),
  durationMs: z.number(),
  /** Version by program. */
  tools: z.record(z.string(), z.string()),
  /** To whom every other file is encrypted, as recipients of age; null when nothing is. */
  encryptedTo: z.array(z.string()).min(1).nullable().default(null),
  files: z.array(BackupFile),
  sizeBytes: z.number(),
});
export type SealedManifest = z.infer<typeof SealedManifest>;

/** What is in the database, as of one moment. Of an encrypted backup it is a file of its own, encrypted too. */
export const ManifestContents = z.object({
  server: z.object({ version: z.string(), major: z.int() }),
  database: DatabaseProperties,
  schemaHash: z.string(),
  /** The migrations that count as applied, oldest first. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string(), finishedAt: z.string() })),
  /** `pg_current_snapshot()` of the backup's moment: rows written later are told by it. */
  snapshot: z.string(),
  tables: z.array(TableContent),
  /** Of driver `pgbackrest`, whose files are in a repository of its own. */
  pgbackrest: PgbackrestBackup.optional(),
});
export type ManifestContents = z.infer<typeof ManifestContents>;

/** Everything that is known of a backup. It is written last, so that what has a manifest is a complete backup. */
export const Manifest = z.object({ ...SealedManifest.shape, ...ManifestContents.shape });
export type Manifest = z.infer<typeof Manifest>;
