import {
  auditOrphans,
  listForeignKeys,
  runValidationSuite,
  type ValidationSuiteOptions,
} from '@apms/db/checks';
import type { CheckResult, OrphanFinding } from '@apms/validators';
import type pg from 'pg';
import type { Backup } from '../backup/backup.ts';
import { markVerified } from '../backup/catalogue.ts';
import { tableRowCounts } from '../backup/content.ts';
import { restoreBackup } from '../backup/restore.ts';
import { assertRestored } from '../backup/verify.ts';
import type { Connection } from '../connection.ts';
import { explain } from '../explain.ts';
import { DeployError, toFailure } from '../failure.ts';
import { applyMigrations } from '../migrations/apply.ts';
import { type Applied, ApplyError } from '../migrations/apply-error.ts';
import { cancelOnRequest } from '../migrations/cancel-on-request.ts';
import { statementProgress } from '../migrations/statement-progress.ts';
import { withClient, withTransaction } from '../postgres.ts';
import type { Run } from '../run-context.ts';
import { progressOf } from '../run-step.ts';
import { readSchema, type Schema } from '../schema/read-schema.ts';
import { scratchName, undoingRoles } from '../scratch.ts';
import { keyProgress } from './key-progress.ts';
import type { Plan } from './plan.ts';

/** What the migrations did to a copy of the target. */
export interface Rehearsal {
  checks: CheckResult[];
  orphans: OrphanFinding[];
  /** Why it stopped before the checks, as a sentence. */
  failure: string | null;
  /** The schema that the target must have afterwards; none when the rehearsal failed. */
  schema: Schema | undefined;
  applied: Applied | undefined;
  /** How many rows each table has lost by the migrations; exact, because nobody else writes to the copy. */
  lostRows: Map<string, number>;
}

/** Nobody else uses the copy, so nothing there waits for long. */
const LOCK_TIMEOUT_MS = 60_000;

/** A tenth of the usual sample tells the planner all that the checks' queries need. */
const ANALYZE = 'set default_statistics_target = 10; analyze; reset default_statistics_target';

/**
 * Restores the backup into a scratch database, compares every table with the manifest, applies the pending migrations,
 * looks for orphans of every key (of those to come, when a migration fails), and runs the validation suite. The target
 * is not touched.
 * A migration that fails is a result, for the gate; a backup that does not restore to what it was is an error.
 * @throws {BACKUP_DAMAGED, RESTORE_DIFFERS} and what restoring throws.
 */
export async function rehearse(run: Run, plan: Plan, backup: Backup): Promise<Rehearsal> {
  const { target, applicationName } = run;
  const name = scratchName(run.id, 'rehearsal');
  const watched = { applicationName, signal: run.signal, onProgress: progressOf(run, 'rehearse') };
  return undoingRoles(target.rehearsal, applicationName, plan.pending, async (roles) => {
    run.emit({ type: 'intent', action: 'create-scratch', object: name, roles: [...roles] });
    const restored = await restoreBackup(target, backup, {
      name,
      where: 'rehearsal',
      tools: plan.tools,
      spool: run.directory,
      ...watched,
    });
    try {
      await assertRestored(restored.connection, backup, watched);
      await markVerified(backup);
      const { connection } = restored;
      return await withClient(connection, applicationName, (client) =>
        withClient(connection, applicationName, (second) =>
          tryMigrations(run, plan, backup, { client, clients: [client, second], connection }),
        ),
      );
    } finally {
      await restored.drop();
      run.emit({ type: 'completed', action: 'create-scratch', object: name });
    }
  });
}

/** The suite's options by which N2 looks for the pending migrations in the documentation. */
export function documented(run: Run, pending: readonly { name: string }[]): ValidationSuiteOptions {
  return {
    documentation: {
      migrations: pending.map(({ name }) => name),
      docsDirectory: run.config.documentation,
    },
  };
}

async function tryMigrations(
  run: Run,
  plan: Plan,
  backup: Backup,
  {
    client,
    clients,
    connection,
  }: { client: pg.Client; clients: readonly pg.Client[]; connection: Connection },
): Promise<Rehearsal> {
  const onProgress = progressOf(run, 'rehearse');
  const statements = statementProgress(plan.units, onProgress);
  let applied: Applied;
  try {
    applied = await cancelOnRequest(client, { ...run, connection, during: 'rehearse' }, () =>
      applyMigrations(client, plan.pending, plan.units, {
        lockTimeoutMs: LOCK_TIMEOUT_MS,
        attempts: 1,
        begins: statements.begins,
        verify: async () => statements.over(),
        journal: () => undefined,
      }),
    );
  } catch (error) {
    if (!(error instanceof ApplyError)) throw error;
    const failure = toFailure(error.cause);
    if (failure.code === 'CONNECTION_LOST' || failure.code === 'CANCELLED')
      throw new DeployError(failure, { cause: error });
    // Orphans are the likeliest reason, and which keys they break is known from the schema to come.
    const { findings } = await auditOrphans(clients, plan.foreignKeys, keyProgress(onProgress));
    return {
      checks: [],
      orphans: findings,
      failure: explain(failure),
      schema: undefined,
      applied: undefined,
      lostRows: new Map(),
    };
  }
  const schema = await readSchema(client);
  await client.query(ANALYZE);
  const audit = await auditOrphans(clients, await listForeignKeys(client), keyProgress(onProgress));
  const checks = await withTransaction(client, 'begin', () =>
    runValidationSuite(client, { ...documented(run, plan.pending), orphans: audit }),
  );
  return {
    checks,
    orphans: audit.findings,
    failure: null,
    schema,
    applied,
    lostRows: await lostRows(client, backup, applied),
  };
}

/** Deleted rows are counted by the server; truncated and dropped ones show as a difference to the manifest. */
async function lostRows(
  client: pg.Client,
  { manifest }: Backup,
  { deletedRows }: Applied,
): Promise<Map<string, number>> {
  const after = await tableRowCounts(client);
  const lost = manifest.tables
    .filter(({ kind }) => kind === 'table')
    .map(
      ({ table, rows }) =>
        [table, Math.max(rows - (after.get(table) ?? 0), deletedRows.get(table) ?? 0)] as const,
    );
  return new Map(lost.filter(([, rows]) => rows > 0));
}
