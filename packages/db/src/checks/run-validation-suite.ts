import { CheckResult, type ForeignKey } from '@apms/validators';
import { type ClientBase, DatabaseError, escapeLiteral } from 'pg';
import { auditOrphans } from './audit-orphans.ts';
import { c1SchemaIntegrity } from './c1-schema-integrity.ts';
import type { Check, Extent, OnKey, ValidationSuiteOptions } from './check.ts';
import { checks } from './checks.ts';
import { listForeignKeys } from './list-foreign-keys.ts';
import { checkDocumentation } from './n2-documentation.ts';
import { type BrokenAudit, type OrphanEvidence, orphanEvidence } from './orphan-evidence.ts';
import { runChecksSql } from './run-checks-sql.ts';
import { catalogSql } from './schema/catalog-sql.ts';

/** SQLSTATEs of a transaction that is missing or aborted. */
const unusableTransaction = ['25P01', '25P02'];

/**
 * Runs the checks in the transaction of `client`, all of them in one round trip. Nothing of what a check wrote or set
 * remains; a check that breaks is a failed check, and so is every check when the session is lost or cancelled. The
 * caller ends the transaction.
 * The role needs BYPASSRLS (or superuser) and membership in `apms_api`.
 * @throws {DatabaseError} when `client` is not in a usable transaction
 */
export async function runValidationSuite(
  client: ClientBase,
  options: ValidationSuiteOptions = {},
): Promise<CheckResult[]> {
  const { codes, orphans = 'scan', documentation, onKey } = options;
  const wanted = checks.filter(({ code }) => codes?.includes(code) ?? true);
  const results = await runAll(client, wanted, orphans, onKey);
  return (codes?.includes('N2') ?? true) ? [...results, await checkDocumentation(documentation)] : results;
}

async function runAll(
  client: ClientBase,
  wanted: readonly Check[],
  orphans: NonNullable<ValidationSuiteOptions['orphans']>,
  onKey: OnKey | undefined,
): Promise<CheckResult[]> {
  const extent: Extent = orphans === 'trust-validated' ? 'latest' : 'all';
  try {
    if (!wanted.includes(c1SchemaIntegrity)) return await runTogether(client, wanted, extent);
    if (orphans !== 'trust-validated') {
      const evidence =
        orphans === 'scan'
          ? await gatherEvidence(client, () => listForeignKeys(client), onKey)
          : orphanEvidence(orphans);
      return await runTogether(client, wanted, extent, evidence);
    }
    const results = await runTogether(client, wanted, extent);
    if (results[0]?.figures['keysScanned'] === 0) return results;
    const evidence = await gatherEvidence(client, () => listUnprovenKeys(client), onKey);
    const again = await runTogether(client, [c1SchemaIntegrity], extent, evidence);
    return [...again, ...results.slice(1)];
  } catch (error) {
    if (error instanceof DatabaseError && unusableTransaction.includes(error.code ?? '')) throw error;
    return wanted.map((check) => broken(check, error));
  }
}

/** Sends the checks in one message; the savepoint around them undoes what is left in settings. */
async function runTogether(
  client: ClientBase,
  wanted: readonly Check[],
  extent: Extent,
  evidence?: OrphanEvidence | BrokenAudit,
): Promise<CheckResult[]> {
  const found = evidence === undefined ? '' : JSON.stringify(evidence);
  // Of several statements in one message each one has a result, which the type does not say.
  const answers = [
    await client.query<{ results?: unknown }>(`
      savepoint validation;
      select set_config('validation.orphans', ${escapeLiteral(found)}, true), set_config('validation.results', '[]', true);
      ${runChecksSql(wanted, extent)};
      select current_setting('validation.results')::jsonb as results;
      rollback to savepoint validation;
      release savepoint validation`),
  ].flat();
  const results = answers.flatMap(({ rows }) => rows).find((row) => row.results !== undefined)?.results;
  return CheckResult.array().parse(results);
}

async function gatherEvidence(
  client: ClientBase,
  listKeys: () => Promise<ForeignKey[]>,
  onKey: OnKey | undefined,
): Promise<OrphanEvidence | BrokenAudit> {
  await client.query('savepoint validation');
  try {
    return orphanEvidence(await auditOrphans([client], await listKeys(), onKey));
  } catch (error) {
    return { failure: messageOf(error) };
  } finally {
    await client.query('rollback to savepoint validation; release savepoint validation');
  }
}

/** The keys that the database does not prove: not validated, or their triggers are disabled. */
async function listUnprovenKeys(client: ClientBase): Promise<ForeignKey[]> {
  const { rows } = await client.query<{ name: string; table: string }>(
    `with ${catalogSql.trim()} select key.name, relname::text as "table" from key join pg_class on pg_class.oid = conrelid
     where not proven`,
  );
  const keys = await listForeignKeys(client);
  return keys.filter(({ name, table }) => rows.some((row) => row.name === name && row.table === table));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function broken({ code, title }: Check, error: unknown): CheckResult {
  const problems = [{ message: 'the check itself broke', detail: messageOf(error) }];
  return { code, title, status: 'failed', durationMs: 0, figures: {}, problems };
}
