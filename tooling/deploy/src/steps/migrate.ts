import { runValidationSuite } from '@apms/db/checks';
import type { CheckResult } from '@apms/validators';
import type pg from 'pg';
import { DeployError } from '../failure.ts';
import { type Applied, applyMigrations } from '../migrations/apply.ts';
import { withPrismaLock } from '../migrations/prisma-lock.ts';
import { watchBlockers } from '../migrations/watch-blockers.ts';
import { withClient } from '../postgres.ts';
import type { Run } from '../run-context.ts';
import { compareSchemas, describeDifference } from '../schema/compare-schemas.ts';
import { readSchema } from '../schema/read-schema.ts';
import { keepingRoles } from '../scratch.ts';
import type { Plan } from './plan.ts';
import type { Rehearsal } from './rehearse.ts';

export interface Migrated {
  applied: Applied;
  /** What the suite said inside the transaction, just before its commit. */
  checks: CheckResult[];
}

/**
 * Applies the pending migrations to the target, verified before the last transaction commits: the schema is the
 * rehearsed one, the migrations delete no more rows than explained, every C and I check passes.
 * @throws {ApplyError} saying whether the target is as before or needs the backup.
 */
export async function migrate(run: Run, plan: Plan, rehearsal: Rehearsal | undefined): Promise<Migrated> {
  const { target, applicationName } = run;
  const { lockTimeoutMs, attempts } = target.settings;
  let checks: CheckResult[] = [];
  const withTarget = <T>(use: (client: pg.Client) => Promise<T>) =>
    keepingRoles(target.maintenance, applicationName, () =>
      withClient(target.connection, applicationName, use),
    );
  return withTarget((client) =>
    withPrismaLock(client, run, async () => {
      const pid = await backendPid(client);
      return watchBlockers(target.connection, applicationName, pid, async (blockers) => {
        const applied = await applyMigrations(client, plan.pending, plan.units, {
          lockTimeoutMs,
          attempts,
          blockers,
          journal: (type, action, object) => run.emit({ type, action, object }),
          async verify(soFar) {
            checks = await verifyInTransaction(client, soFar, rehearsal);
          },
        });
        return { applied, checks };
      });
    }),
  );
}

async function backendPid(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
}

/** Locks are held meanwhile, so nothing here reads a whole table: keys that are validated prove that no orphan is there. */
async function verifyInTransaction(
  client: pg.Client,
  applied: Applied,
  rehearsal: Rehearsal | undefined,
): Promise<CheckResult[]> {
  const problems = [];
  if (rehearsal?.schema !== undefined) {
    const differences = compareSchemas(rehearsal.schema, await readSchema(client));
    problems.push(...differences.map((difference) => `Not as rehearsed: ${describeDifference(difference)}.`));
    const rehearsed = rehearsal.applied?.deletedRows ?? new Map<string, number>();
    for (const [table, rows] of applied.deletedRows) {
      if (!rehearsed.has(table))
        problems.push(`The migrations deleted ${rows} rows of ${table}, none in the rehearsal.`);
    }
  }
  const checks = await runValidationSuite(client, {
    orphans: 'trust-validated',
    codes: ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'I1', 'I2', 'I3'],
  });
  for (const { code, title, status, problems: found } of checks) {
    if (code.startsWith('C') && status !== 'passed') {
      problems.push(`${code} ${title} ${status}: ${found.map(({ message }) => message).join('; ')}.`);
    }
  }
  if (problems.length > 0) throw new DeployError({ code: 'VERIFICATION_FAILED', problems });
  return checks;
}
