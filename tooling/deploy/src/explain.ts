import type { Blocker, Failure, PgbackrestReason, SqlFailure } from './failure.ts';

const mebibytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MiB`;
const list = (items: readonly string[]) => items.map((item) => `\n  - ${item}`).join('');

const REACHED = {
  unreachable: 'Is the server running, and is it reachable from here?',
  authentication: 'The server refuses the user or the password. Correct the URL in the environment.',
  'database-missing': 'The server has no database of that name. Correct the URL, or create the database.',
  refused: 'The server refuses the session.',
};

const STORE = {
  credentials:
    'No credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or give this machine a role.',
  denied: 'The store refuses the credentials, or they do not allow this. See their policy.',
  bucket: 'Correct bucket, region or endpoint in deploy.config.ts, or create the bucket.',
  clock: 'The clock of this machine is wrong; set it, or let it be set over NTP.',
  unreachable: 'Is its endpoint right, and is it reachable from here?',
  other: 'See whether the store works, then run the same command again.',
};

const IDENTITY = {
  missing: 'there is no identity to open it with',
  unreadable: 'the identity to open it with cannot be read',
  wrong: 'no identity that is here opens it',
};

/** What to do where pgBackRest cannot serve a target. */
const PGBACKREST: Record<PgbackrestReason, string> = {
  'program-missing': 'Install it on this host (Debian: apt-get install pgbackrest).',
  'program-failed': 'Run the same by hand as the user of the data directory to see why.',
  'program-old': 'Install pgBackRest 2.41 or later.',
  'wrong-user': 'Run the deploy tool as that user, or as root.',
  'wrong-directory':
    'Correct backup.dataDirectory in deploy.config.ts, or run the deploy tool on the database host.',
  'wrong-cluster':
    'Correct backup.stanza in deploy.config.ts; after pg_upgrade, run: pgbackrest stanza-upgrade.',
  'privilege-missing': 'As a superuser, in the maintenance database and in the target, run that.',
  'server-missing': "Name the directory with the server's programs in backup.serverBinaries.",
  'directory-not-renamable': 'Move the cluster into a directory below it, which can be renamed.',
  'space-short': 'Free some there.',
  tablespaces: 'Use the driver pg_dump for this target.',
  'stanza-missing': 'Create it: pgbackrest stanza-create (docs/pgbackrest.md).',
  'stanza-damaged': 'Look at it with: pgbackrest info.',
  locked: 'Wait until it has ended, then run the same command again.',
  'archiving-off':
    'Set archive_mode = on and an archive_command that calls pgbackrest archive-push, then restart the server (docs/pgbackrest.md).',
  'archiving-broken': "See the server's log for what pgbackrest archive-push says, and mend that.",
};

function explainBlocker({ pid, user, application, state, query, transactionStartedAt }: Blocker): string {
  const since = transactionStartedAt === null ? '' : `, in a transaction since ${transactionStartedAt}`;
  return `pid ${pid} (${application || 'no application name'}, user ${user ?? 'unknown'}, ${state ?? 'unknown state'}${since}): ${query}`;
}

function explainSql({
  migration,
  file,
  line,
  column,
  statement,
  sqlState,
  message,
  detail,
  hint,
}: SqlFailure): string {
  const place = [file, line, column].filter((part) => part !== null).join(':');
  const more = [
    detail && `Detail: ${detail}`,
    hint && `Hint: ${hint}`,
    statement && `Statement: ${statement.length > 300 ? `${statement.slice(0, 300)} …` : statement}`,
  ];
  return [`Migration ${migration} fails at ${place}: ${message}${sqlState ? ` (${sqlState})` : ''}.`, ...more]
    .filter(Boolean)
    .join('\n');
}

function ending({ exitCode, signal }: { exitCode: number | null; signal: string | null }): string {
  if (signal !== null) return `was ended by ${signal}`;
  return exitCode === null ? 'could not be run to its end' : `exited with ${exitCode}`;
}

/**
 * A failure as one paragraph for the release engineer: what was wrong, where, and what to do next.
 * The one place where the tool's errors become sentences; holds no secret because no failure does.
 */
export function explain(failure: Failure): string {
  switch (failure.code) {
    case 'CONFIG_INVALID':
      return `${failure.file} is not usable:${list(failure.problems)}`;
    case 'USAGE_INVALID':
      return `${failure.problem} ${failure.next}`;
    case 'TARGET_UNKNOWN':
      return `There is no target "${failure.target}". deploy.config.ts has: ${failure.known.join(', ') || 'none'}.`;
    case 'URL_MISSING':
      return `${failure.variable} is not set. In CI and with NODE_ENV=production the target "${failure.target}" must be a real server: set it to postgresql://USER:PASSWORD@HOST:PORT/DATABASE.`;
    case 'URL_INVALID':
      return `${failure.variable} is not a usable URL (its value is not shown, it may hold a password). ${failure.problem}`;
    case 'EMBEDDED_SERVER_FAILED':
      return `The embedded PostgreSQL of target "${failure.target}" does not start. ${failure.problem}`;
    case 'CONNECTION_FAILED':
      return `No connection to ${failure.user}@${failure.host}:${failure.port}/${failure.database}: ${failure.problem}. ${REACHED[failure.reason]}`;
    case 'CONNECTION_LOST':
      return `The connection to the server was lost during ${failure.during}: ${failure.problem}. See whether the server runs, then run the same command again.`;
    case 'SERVER_VERSION_UNSUPPORTED':
      return `The server is PostgreSQL ${failure.version}; 14 to 18 are supported.`;
    case 'PRIVILEGE_MISSING':
      return `The role "${failure.user}" may not do all that a deployment does. It lacks:${list(failure.missing)}\nGrant it that, or deploy as another role.`;
    case 'TOOL_MISSING': {
      const found = failure.found.map(({ path, major }) => `${path} (${major})`).join(', ') || 'none';
      const next =
        failure.configured === null
          ? `Install postgresql-client-${failure.serverMajor}, or name its directory in PG_BIN_DIR.`
          : `PG_BIN_DIR or clientTools names only ${failure.configured}: name the directory of postgresql-client-${failure.serverMajor} there, or nothing to have it looked for.`;
      return `The server is PostgreSQL ${failure.serverMajor} and needs a ${failure.tool} at least as new; found: ${found}. ${next}`;
    }
    case 'TOOL_FAILED': {
      return `${failure.tool} ${ending(failure)}: ${failure.problem}`;
    }
    case 'DISK_SPACE_SHORT':
      return `${failure.path} has ${mebibytes(failure.freeBytes)} free; a deployment of this database may need ${mebibytes(failure.neededBytes)}. Free some, or move the state with DEPLOY_STATE_DIR.`;
    case 'DISK_FULL':
      return `The disk is full (${failure.during}): ${failure.problem}. Free some space, or move the state with DEPLOY_STATE_DIR, then run the same command again.`;
    case 'STORE_FAILED':
      return `The store of backups ${failure.store} cannot be used: ${failure.problem}. ${STORE[failure.reason]}`;
    case 'STORE_LOST':
      return `The store of backups ${failure.store} no longer answers: ${failure.problem}. See whether it is reachable, then run the same command again.`;
    case 'IDENTITY_UNUSABLE':
      return `The backup ${failure.backup} is encrypted, and ${IDENTITY[failure.reason]} (${failure.source}: ${failure.problem}). Nothing was dropped or changed. Set DEPLOY_AGE_IDENTITY_FILE to a file with the identity of one of its recipients:${list(failure.encryptedTo)}`;
    case 'LOCKED':
      return `Another deployment holds the target "${failure.target}"${failure.since ? ` since ${failure.since}` : ''}: ${failure.holder}. Wait until it has ended, then run the same command again.`;
    case 'LOCK_LOST':
      return `The session that held the lock on "${failure.target}" is gone, so another deployment could begin. Nothing more was written. Run the same command again.`;
    case 'TARGET_CHANGED':
      return `The target "${failure.target}" changed while this run was planned: ${failure.problem} Nothing was written. Run the same command again.`;
    case 'PRISMA_LOCKED':
      return `Prisma's migration lock on "${failure.target}" was held by ${failure.holder ?? 'another session'} for more than ${failure.waitedMs} ms. Nothing was changed. Wait until that prisma command has ended, then run the same command again.`;
    case 'MIGRATION_FAILED':
      return explainSql(failure);
    case 'LOCK_TIMEOUT':
      return `Migration ${failure.migration} did not get its locks in ${failure.attempts} ${failure.attempts === 1 ? 'attempt' : 'attempts'} of ${failure.lockTimeoutMs} ms: ${failure.problem}.${failure.blockers.length > 0 ? ` In its way:${list(failure.blockers.map(explainBlocker))}\n` : ' '}End the blocking session or wait for it, then run the same command again.`;
    case 'LOCK_BUDGET_EXCEEDED':
      return `Migration ${failure.migration} would have kept the application from its tables for longer than maxLockMs, waiting for locks included, and was cancelled after ${failure.allowedMs} ms, in time for it; ${failure.attempts} ${failure.attempts === 1 ? 'attempt' : 'attempts'} ended so.${failure.blockers.length > 0 ? ` In its way:${list(failure.blockers.map(explainBlocker))}\n` : ' '}Run the same command again in a quieter hour, or raise maxLockMs for it.`;
    case 'BACKUP_BLOCKED':
      return `The backup waited ${failure.waitedMs} ms for a table that another session has locked: ${failure.problem}.${failure.blockers.length > 0 ? ` In its way:${list(failure.blockers.map(explainBlocker))}\n` : ' '}Nothing was changed. End that session or wait for it, then run the same command again.`;
    case 'BACKUP_NOT_FOUND':
      return `There is no usable backup "${failure.backup}" in ${failure.store}. List them with: pnpm backup:list.`;
    case 'BACKUP_FOREIGN':
      return `The backup ${failure.backup} is of the database "${failure.backupDatabase}"; the target is "${failure.targetDatabase}" now. It was not swapped in. To look at it, restore it beside the target: pnpm backup:restore ${failure.backup}.`;
    case 'BACKUP_DAMAGED':
      return `The backup ${failure.backup} is damaged and was not used; nothing was dropped or changed:${list(failure.problems)}\nChoose another one from pnpm backup:list.`;
    case 'RESTORE_DIFFERS':
      return `The backup ${failure.backup} does not restore to what was backed up:${list(failure.problems)}\nDo not rely on it. Make a new one: pnpm backup:create.`;
    case 'PGBACKREST_UNUSABLE':
      return `The target cannot be backed up by pgBackRest (stanza "${failure.stanza}"): ${failure.problem} ${PGBACKREST[failure.reason]}`;
    case 'MOMENT_UNREACHABLE':
      return `The backup ${failure.backup} cannot be restored as of ${failure.moment}: ${failure.problem} ${failure.next}`;
    case 'TARGET_DOWN':
      return `The server of target "${failure.target}" does not run: ${failure.problem} ${failure.next}`;
    case 'VERIFICATION_FAILED':
      return `The verification failed:${list(failure.problems)}`;
    case 'HOOK_FAILED': {
      const how = failure.timedOut ? 'took too long' : ending({ ...failure, signal: null });
      return `The hook "${failure.hook}" ${how}.${failure.output ? ` It wrote: ${failure.output}` : ''} Run it by hand to see why, then run the same command again.`;
    }
    case 'NOTIFICATION_FAILED':
      return `The ${failure.kind} of ${failure.variable} was not sent: ${failure.problem}. Nobody was told by it how this run ended.`;
    case 'TRACE_NOT_SENT':
      return `The trace of this run was not sent to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names${failure.problem ? `: ${failure.problem}` : ''}.`;
    case 'API_UNKNOWN':
      return `The API of the target "${failure.target}" is to be called after the deployment, but ${failure.variable} ${failure.problem}. Set it, or take "smoke" out of deploy.config.ts. Nothing was written.`;
    case 'API_CHECK_FAILED':
      return `The API at ${failure.host} did not do what it should within ${failure.timeoutMs / 1000} s: ${failure.problem}. Its log says more; was it restarted with the version that belongs to these migrations (hooks.smoke)?`;
    case 'DEPLOYMENT_NOT_FOUND':
      return failure.deployment === null
        ? `The target "${failure.target}" has no deployment yet.`
        : `The target "${failure.target}" has no deployment "${failure.deployment}". List them with: pnpm deploy:history.`;
    case 'CANCELLED':
      return `Stopped on request during ${failure.during}.`;
    case 'INTERRUPTED':
      return `The process of the run (pid ${failure.pid} on ${failure.host}) ended ${failure.during === null ? 'between two steps' : `during the step ${failure.during}`}, without a word.`;
    case 'RECOVERY_NEEDED':
      return `The deployment ${failure.deployment} left "${failure.target}" where only its backup leads back: ${failure.problem} Nothing was changed now. To swap back to that backup (what was written since stays in the database that is put aside): pnpm deploy:recover --env ${failure.target} --yes. To keep the target as it is instead: pnpm deploy:recover --env ${failure.target} --keep "REASON".`;
    case 'ROLLBACK_FAILED':
      return `ROLLBACK FAILED. Target: ${failure.target}. Backup: ${failure.backup ?? 'none'}. ${failure.cause}\nNext: ${failure.next}`;
    case 'SERVER_REFUSED':
      return `The server refused what the tool asked of it: ${failure.problem} (${failure.sqlState}). Mend that, then run the same command again.`;
    case 'INTERNAL':
      return `An error that the tool does not know; please report it: ${failure.problem}`;
  }
}
