import { z } from 'zod';
import { PREFERENCES } from './lint/preferences.ts';
import { NotificationConfig } from './notify/notification-config.ts';
import { SUPPORTED } from './server-facts.ts';

/** A command as a program and its arguments: no shell reads it, so nothing in it needs quoting. */
const Command = z.strictObject({
  command: z.array(z.string().min(1)).min(1).describe('Program and arguments; no shell reads them.'),
  timeoutMs: z.int().positive().default(60_000).describe('How long it may take.'),
});

const Hooks = z.strictObject({
  before: z.array(Command).default([]).describe('Before the first write (a maintenance page, say).'),
  smoke: z.array(Command).default([]).describe('After the commit; one that fails swaps the target back.'),
  after: z
    .array(Command)
    .default([])
    .describe('At the end of every run that reached `before`, whatever its outcome.'),
});

const VariableName = z.string().regex(/^[A-Z][A-Z0-9_]*$/);

const Smoke = z.strictObject({
  apiUrlVariable: VariableName.describe('Environment variable with the address of the API.'),
  apiKeyVariable: VariableName.describe(
    'Environment variable with an API key; what its owner may not read is left out.',
  ),
  timeoutMs: z
    .int()
    .positive()
    .default(60_000)
    .describe('How long the API may take to be well after the smoke hooks.'),
});

const StoreConfig = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('directory'),
    path: z
      .string()
      .min(1)
      .optional()
      .describe('From this file; unset means the state directory, beside the journals.'),
  }),
  z.strictObject({
    kind: z.literal('s3'),
    bucket: z.string().min(1),
    prefix: z
      .string()
      .regex(/^([^/]+(\/[^/]+)*)?$/, 'parts between slashes, none at the ends')
      .default('')
      .describe('What the names of all objects begin with.'),
    region: z.string().optional().describe('Unset means AWS_REGION.'),
    endpoint: z
      .url({ protocol: /^https?$/ })
      .refine((url) => new URL(url).username === '', 'credentials belong into the environment')
      .optional()
      .describe("Another server than Amazon's."),
    forcePathStyle: z
      .boolean()
      .default(false)
      .describe('The bucket in the path instead of the host name, as most other servers need it.'),
  }),
]);

const Retention = z.strictObject({
  last: z.int().positive().default(10).describe('The newest so many.'),
  daily: z
    .int()
    .nonnegative()
    .default(0)
    .describe('The newest of each of the latest so many days that have one.'),
  weekly: z.int().nonnegative().default(0).describe('The same of weeks.'),
  monthly: z.int().nonnegative().default(0).describe('The same of months.'),
});

const Pgbackrest = z.strictObject({
  driver: z.literal('pgbackrest'),
  stanza: z
    .string()
    .min(1)
    .describe("Name of the cluster's stanza, created with `pgbackrest stanza-create`."),
  configFile: z
    .string()
    .startsWith('/')
    .optional()
    .describe("pgBackRest's configuration file; unset means the one that it looks for itself."),
  type: z
    .enum(['incr', 'diff', 'full'])
    .default('incr')
    .describe('What a backup copies: what changed since the last backup, since the last full one, or all.'),
  dataDirectory: z
    .string()
    .startsWith('/')
    .describe("The cluster's data directory on this host; copies are restored beside it."),
  serverBinaries: z
    .string()
    .startsWith('/')
    .optional()
    .describe("Directory with `postgres` and `pg_ctl`; unset means Debian's of the cluster's version."),
  stop: Command.describe("Stops the cluster's server (`systemctl stop postgresql@15-main`, say)."),
  start: Command.describe('Starts it again on the same data directory.'),
});

const BackupConfig = z.discriminatedUnion('driver', [
  z.strictObject({ driver: z.literal('pg_dump') }),
  Pgbackrest,
]);

// Every setting says what it is in `describe`: `deploy init` writes these sentences into the file that it makes.
const TargetConfig = z.strictObject({
  urlVariable: VariableName.describe(
    'Name of the environment variable that holds the URL; unset means an embedded server, except in CI.',
  ),
  rehearsalUrlVariable: z
    .string()
    .optional()
    .describe(
      "Environment variable with the URL of another server for rehearsals; unset means the target's own.",
    ),
  maintenanceDatabase: z
    .string()
    .default('postgres')
    .describe(
      "The database of the target's server to connect to while the target itself is created, renamed or dropped.",
    ),
  rehearse: z
    .boolean()
    .default(true)
    .describe(
      'Restore the backup and try everything on the copy first. Without it a backup is checksummed, not proven.',
    ),
  writes: z
    .enum(['allow', 'block'])
    .default('allow')
    .describe(
      '`block` keeps clients from writing between backup and finish, so that a swap back loses nothing.',
    ),
  lockTimeoutMs: z
    .int()
    .positive()
    .default(3_000)
    .describe('Longest wait for a lock before the attempt is given up and retried.'),
  maxLockMs: z
    .int()
    .positive()
    .default(3_000)
    .describe(
      "Longest time for which a deployment may block the application's reads or writes. What took longer in the rehearsal is applied in phases; a huge number forbids them.",
    ),
  attempts: z
    .int()
    .positive()
    .default(5)
    .describe('Attempts at the migration transaction when locks are not to be had.'),
  store: StoreConfig.default({ kind: 'directory' }).describe(
    'Where backups are kept. Credentials for S3 come from where the AWS SDK looks for them, never from here.',
  ),
  encryptTo: z
    .array(z.string().regex(/^age1[a-z0-9]+$/, 'a recipient of age, "age1…"'))
    .default([])
    .describe('Recipients of age to whom backups are encrypted; none means that they are not.'),
  jobs: z
    .int()
    .positive()
    .max(64)
    .default(2)
    .describe('Sessions with which a backup is restored; about as many as the server has cores to spare.'),
  backup: BackupConfig.default({ driver: 'pg_dump' }).describe(
    'How backups are made: a logical dump, or pgBackRest for clusters too large for one (docs/pgbackrest.md).',
  ),
  retention: Retention.default({ last: 10, daily: 0, weekly: 0, monthly: 0 }).describe(
    'Which backups are kept; always the newest, and the one that the target would be rolled back to.',
  ),
  smoke: Smoke.optional().describe(
    'Calls to the running API after the commit and the smoke hooks; an answer that is not as it should be swaps the target back.',
  ),
  hooks: Hooks.default({ before: [], smoke: [], after: [] }).describe('Commands to run around a deployment.'),
  notify: z.array(NotificationConfig).default([]).describe('Who is told how a run ended.'),
});

const Lint = z.strictObject({
  preferences: z
    .array(z.enum(PREFERENCES))
    .default([])
    .describe('Rules of taste (docs/lint.md) that are to be asked too.'),
  serverVersion: z
    .int()
    .min(SUPPORTED.oldest)
    .max(SUPPORTED.newest)
    .optional()
    .describe(
      "The targets' major version, for a lint without a database; unset means what is right for every supported one.",
    ),
});

const ConsistentTarget = TargetConfig.refine(
  ({ backup, encryptTo }) => backup.driver !== 'pgbackrest' || encryptTo.length === 0,
  {
    path: ['encryptTo'],
    error:
      "pgBackRest's files are encrypted by pgBackRest: set repo1-cipher-type in its configuration instead",
  },
);

/** The schema of `deploy.config.ts`'s default export; its defaults and descriptions are what `deploy init` writes. */
export const Config = z.strictObject({
  migrations: z
    .string()
    .default('packages/db/prisma/migrations')
    .describe("Prisma's migrations folder, from this file."),
  documentation: z
    .string()
    .default('docs')
    .describe('Where runbooks/ and adr/ lie, in which every migration is to be named.'),
  clientTools: z
    .string()
    .optional()
    .describe('Directory with `pg_dump` and `pg_restore`; unset means they are looked for.'),
  lint: Lint.prefault({}).describe('What `deploy lint` and the plan ask for.'),
  targets: z
    .record(z.string().regex(/^[a-z][a-z0-9-]{0,30}$/), ConsistentTarget)
    .describe('The databases to deploy to, by the name that --env takes.'),
});

/** What `deploy.config.ts` exports. */
export type ConfigInput = z.input<typeof Config>;
export type TargetSettings = z.output<typeof TargetConfig>;
export type HookCommand = z.output<typeof Command>;
export type PgbackrestSettings = z.output<typeof Pgbackrest>;

/** Gives `deploy.config.ts` its type; changes nothing. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}
