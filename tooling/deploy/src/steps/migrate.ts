import type { CheckResult } from '@apms/validators';
import type pg from 'pg';
import { describeLoss } from '../gate.ts';
import { applyMigrations } from '../migrations/apply.ts';
import type { Applied } from '../migrations/apply-error.ts';
import { assertNotStopped, cancelOnRequest } from '../migrations/cancel-on-request.ts';
import { withPrismaLock } from '../migrations/prisma-lock.ts';
import { statementProgress } from '../migrations/statement-progress.ts';
import { watchBlockers } from '../migrations/watch-blockers.ts';
import { withClient } from '../postgres.ts';
import { progressOf } from '../progress-of.ts';
import type { Run } from '../run-context.ts';
import { compareSchemas, describeDifference } from '../schema/compare-schemas.ts';
import type { Schema } from '../schema/read-schema.ts';
import { keepingRoles } from '../scratch.ts';
import { inspect } from './inspect.ts';
import type { Plan } from './plan.ts';
import type { Rehearsal } from './rehearse.ts';
import { assertNoProblems, failedChecks } from './verify.ts';

/**
 * Applies the pending migrations to the target, verified before the last transaction commits: the schema is the
 * rehearsed one, the migrations delete no rows but those explained, every C check passes.
 * @param onChecks told what the suite said inside the transaction, whether it then commits or not.
 * @throws {ApplyError} saying whether the target is as before or needs the backup.
 */
export async function migrate(
  run: Run,
  plan: Plan,
  rehearsal: Rehearsal | undefined,
  onChecks: (checks: CheckResult[]) => void,
): Promise<Applied> {
  const { target, applicationName } = run;
  const { settings } = target;
  const { attempts } = settings;
  const isPhased = rehearsal?.budget?.mode === 'phased';
  // What undoes a phase waits for locks as well, and keeps others waiting meanwhile.
  const lockTimeoutMs = isPhased
    ? Math.min(settings.lockTimeoutMs, Math.ceil(settings.maxLockMs / 2))
    : settings.lockTimeoutMs;
  const withTarget = <T>(use: (client: pg.Client) => Promise<T>) =>
    keepingRoles(target.maintenance, applicationName, () =>
      withClient(target.connection, applicationName, use),
    );
  const { connection } = target;
  const units = rehearsal?.units ?? plan.units;
  const progress = statementProgress(units, progressOf(run, 'migrate'));
  return withTarget((client) =>
    withPrismaLock(client, run, async () => {
      const watched = {
        connection,
        applicationName,
        pid: await backendPid(client),
        onChange: progress.blockedBy,
      };
      return watchBlockers(watched, (blockers, cancel) =>
        cancelOnRequest(client, { ...run, connection, during: 'migrate' }, () =>
          applyMigrations(client, plan.pending, units, {
            lockTimeoutMs,
            attempts,
            blockers,
            cancel,
            signal: run.signal,
            begins: progress.begins,
            journal: run.emit,
            async verify(applied) {
              progress.over();
              const { checks, schema } = await inspect(client);
              onChecks(checks);
              assertNoProblems([
                ...findSurprises(schema, applied, rehearsal),
                ...findUnexplainedLosses(applied, plan),
                ...failedChecks(checks),
              ]);
              assertNotStopped({ ...run, during: 'migrate' });
            },
          }),
        ),
      );
    }),
  );
}

async function backendPid(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
}

/** In what the migrations did otherwise than in the rehearsal, if there was one. */
function findSurprises(schema: Schema, { deletedRows }: Applied, rehearsal: Rehearsal | undefined): string[] {
  if (rehearsal?.schema === undefined) return [];
  const differences = compareSchemas(rehearsal.schema, schema);
  const rehearsed = rehearsal.applied?.deletedRows;
  return [
    ...differences.map((difference) => `Not as rehearsed: ${describeDifference(difference)}.`),
    ...[...deletedRows]
      .filter(([table]) => !rehearsed?.has(table))
      .map(([table, rows]) => `The migrations deleted ${rows} rows of ${table}, none in the rehearsal.`),
  ];
}

/** Without a rehearsal this is the first that anybody sees of them. */
function findUnexplainedLosses({ deletedRows }: Applied, { mayLoseRows }: Plan): string[] {
  return [...deletedRows]
    .filter(([table]) => !mayLoseRows(table))
    .map(([table, rows]) => describeLoss(table, rows));
}
