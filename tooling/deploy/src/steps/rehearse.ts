import {
  auditOrphans,
  listForeignKeys,
  runValidationSuite,
  type ValidationSuiteOptions,
} from '@apms/db/checks';
import type { CheckResult, LockBudget, OrphanFinding } from '@apms/validators';
import type pg from 'pg';
import type { Backup } from '../backup/backup.ts';
import { markVerified } from '../backup/catalogue.ts';
import { tableRowCounts } from '../backup/content.ts';
import { restoreBackup } from '../backup/restore.ts';
import { assertRestored } from '../backup/verify.ts';
import type { Connection } from '../connection.ts';
import type { Failure } from '../failure.ts';
import type { Applied } from '../migrations/apply-error.ts';
import { withClient, withTransaction } from '../postgres.ts';
import { progressOf } from '../progress-of.ts';
import type { Run } from '../run-context.ts';
import { readSchema, type Schema } from '../schema/read-schema.ts';
import { scratchName, undoingRoles } from '../scratch.ts';
import type { ExecutionUnit } from '../sql/arrange.ts';
import { keyProgress } from './key-progress.ts';
import type { Plan } from './plan.ts';
import { type Attempt, FIRST_ATTEMPT, type Tried, tryMigrations } from './try-migrations.ts';

/** What the migrations did to a copy of the target. */
export interface Rehearsal {
  checks: CheckResult[];
  orphans: OrphanFinding[];
  /** Why it stopped before the checks. */
  failure: Failure | null;
  /** The schema that the target must have afterwards; none when the rehearsal failed. */
  schema: Schema | undefined;
  applied: Applied | undefined;
  /** What the target is to be given, in the order that was rehearsed. */
  units: readonly ExecutionUnit[];
  /** What was measured of locks; undefined when the rehearsal failed. */
  budget: LockBudget | undefined;
  /** How many rows each table has lost by the migrations; exact, because nobody else writes to the copy. */
  lostRows: Map<string, number>;
}

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
  return undoingRoles(run.target.rehearsal, run.applicationName, plan.pending, async (roles) => {
    let attempt = FIRST_ATTEMPT;
    for (let copies = 1; ; copies += 1) {
      const purpose = copies === 1 ? 'rehearsal' : `rehearsal${copies}`;
      const name = scratchName(run.id, purpose);
      run.emit({ type: 'intent', action: 'create-scratch', object: name, roles: [...roles] });
      const result = await withCopy(run, plan, backup, name, (copy) =>
        rehearseOn(run, plan, backup, copy, attempt),
      );
      if (result.kind === 'rehearsed') return result.rehearsal;
      attempt = result.attempt;
    }
  });
}

/** A restored copy of the target, with two sessions. */
interface Copy {
  client: pg.Client;
  clients: readonly pg.Client[];
  connection: Connection;
}

/** Runs `use` with a copy that is equal to what was backed up, and drops it again. */
async function withCopy<T>(
  run: Run,
  plan: Plan,
  backup: Backup,
  name: string,
  use: (copy: Copy) => Promise<T>,
): Promise<T> {
  const { target, applicationName, signal } = run;
  const watched = { applicationName, signal, onProgress: progressOf(run, 'rehearse') };
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
        use({ client, clients: [client, second], connection }),
      ),
    );
  } finally {
    await restored.drop();
    run.emit({ type: 'completed', action: 'create-scratch', object: name });
  }
}

/** Tries one way after another until one is through, or needs a copy that nothing has been tried on yet. */
async function rehearseOn(
  run: Run,
  plan: Plan,
  backup: Backup,
  copy: Copy,
  first: Attempt,
): Promise<{ kind: 'rehearsed'; rehearsal: Rehearsal } | { kind: 'next'; attempt: Attempt }> {
  await copy.client.query(ANALYZE);
  let attempt = first;
  for (;;) {
    const tried = await tryMigrations(run, plan, attempt, copy);
    if (tried.kind !== 'next')
      return { kind: 'rehearsed', rehearsal: await judge(run, plan, backup, copy, tried) };
    if (!tried.isClean) return tried;
    attempt = tried.attempt;
  }
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

async function judge(
  run: Run,
  plan: Plan,
  backup: Backup,
  { client, clients }: Copy,
  tried: Exclude<Tried, { kind: 'next' }>,
): Promise<Rehearsal> {
  const onProgress = progressOf(run, 'rehearse');
  if (tried.kind === 'failed') {
    // Orphans are the likeliest reason, and which keys they break is known from the schema to come.
    const { findings } = await auditOrphans(clients, plan.foreignKeys, keyProgress(onProgress));
    return {
      checks: [],
      orphans: findings,
      failure: tried.failure,
      schema: undefined,
      applied: undefined,
      units: plan.units,
      budget: undefined,
      lostRows: new Map(),
    };
  }
  const { applied, units, budget } = tried;
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
    units,
    budget,
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
