import type { CheckResult } from '@apms/validators';
import type { ClientBase } from 'pg';
import { c1SchemaIntegrity } from './c1-schema-integrity.ts';
import { c2TypeAlignment } from './c2-type-alignment.ts';
import { c3ConfigLifecycle } from './c3-config-lifecycle.ts';
import { c4FreezeByReference } from './c4-freeze-by-reference.ts';
import { c5WorkspaceIsolation } from './c5-workspace-isolation.ts';
import { c6Runtime } from './c6-runtime.ts';
import type { Check, CheckContext, CheckOutcome, ValidationSuiteOptions } from './check.ts';
import { i1Indexes } from './i1-indexes.ts';
import { i2DataConstraints } from './i2-data-constraints.ts';
import { i3AuditTrail } from './i3-audit-trail.ts';
import { inSavepoint } from './in-savepoint.ts';
import { n1Benchmarks } from './n1-benchmarks.ts';
import { n2Documentation } from './n2-documentation.ts';

const checks: readonly Check[] = [
  c1SchemaIntegrity,
  c2TypeAlignment,
  c3ConfigLifecycle,
  c4FreezeByReference,
  c5WorkspaceIsolation,
  c6Runtime,
  i1Indexes,
  i2DataConstraints,
  i3AuditTrail,
  n1Benchmarks,
  n2Documentation,
];

/**
 * Runs the checks one after another against the database behind `client`, which must be inside a transaction.
 * Each check has a savepoint that is always rolled back, so nothing of what it wrote remains; a check that
 * breaks is a failed check. The caller ends the transaction.
 * The role needs BYPASSRLS (or superuser) and membership in `apms_api`.
 * @throws {DatabaseError} when `client` is not in a usable transaction
 */
export async function runValidationSuite(
  client: ClientBase,
  options: ValidationSuiteOptions = {},
): Promise<CheckResult[]> {
  const tables = await listTables(client);
  const results: CheckResult[] = [];
  for (const check of checks) {
    if (options.codes?.includes(check.code) ?? true)
      results.push(await runCheck(check, { client, options }, tables));
  }
  return results;
}

async function listTables(client: ClientBase): Promise<ReadonlySet<string>> {
  await client.query('savepoint validation; release savepoint validation');
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
  );
  return new Set(rows.map(({ name }) => name));
}

async function runCheck(
  check: Check,
  context: CheckContext,
  tables: ReadonlySet<string>,
): Promise<CheckResult> {
  const startedAt = performance.now();
  const { figures, problems, skipped } = await survive(context.client, async () => {
    const missing = check.needs?.filter((table) => !tables.has(table)) ?? [];
    return missing.length > 0 ? skip(`not in this database: ${missing.join(', ')}`) : check.run(context);
  });
  return {
    code: check.code,
    title: check.title,
    status: skipped !== undefined ? 'skipped' : problems.length > 0 ? 'failed' : 'passed',
    durationMs: performance.now() - startedAt,
    figures,
    problems: skipped === undefined ? problems : [{ message: skipped }],
  };
}

function skip(reason: string): CheckOutcome {
  return { figures: {}, problems: [], skipped: reason };
}

async function survive(client: ClientBase, work: () => Promise<CheckOutcome>): Promise<CheckOutcome> {
  try {
    return await inSavepoint(client, work);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { figures: {}, problems: [{ message: `the check itself broke: ${reason}` }] };
  }
}
