import { mkdir, statfs } from 'node:fs/promises';
import type { DeploymentFinding, ForeignKey } from '@apms/validators';
import type pg from 'pg';
import { driverNameOf } from '../backup/drivers.ts';
import { encryptionFor } from '../backup/encryption-for.ts';
import { checkPgbackrest } from '../backup/pgbackrest/check-pgbackrest.ts';
import { type ClientTools, findClientTools } from '../client-tools.ts';
import { explain } from '../explain.ts';
import { DeployError, toFailure } from '../failure.ts';
import { lintMigrations } from '../lint/lint.ts';
import { readAllowedRowLoss } from '../lint/read-allowed-row-loss.ts';
import { readLintContext } from '../lint/read-context.ts';
import { type Diagnosis, diagnoseHistory, type HistoryRow, readHistory } from '../migrations/history.ts';
import { type Migration, readMigrations } from '../migrations/read.ts';
import { messageOf, withClient } from '../postgres.ts';
import type { Run } from '../run-context.ts';
import { buildSchemas } from '../schema/build-schema.ts';
import { compareSchemas, describeDifference } from '../schema/compare-schemas.ts';
import { forcedRlsTables, readSchema, type Schema, withoutLocal } from '../schema/read-schema.ts';
import { scratchName, undoingRoles, withScratchDatabase } from '../scratch.ts';
import { majorOf, missingPrivileges, readServerFacts, type ServerFacts } from '../server-facts.ts';
import { findApi } from '../smoke/find-api.ts';
import { arrange, type ExecutionUnit } from '../sql/arrange.ts';
import { classifyMigrations } from '../sql/classify-migrations.ts';
import { arrangeInPhases, type Phasings } from '../sql/phases.ts';
import { relatedRelations } from '../sql/read-related-relations.ts';

/** Everything that is known before the first write. */
export interface Plan {
  facts: ServerFacts;
  /** None for an embedded target, which is backed up by a snapshot. */
  tools: ClientTools | undefined;
  pending: Migration[];
  applied: Migration[];
  history: HistoryRow[] | undefined;
  /** With everything in one transaction that can be. */
  units: ExecutionUnit[];
  /** How it can be applied where that would keep the application waiting for too long. */
  phasings: Phasings;
  findings: DeploymentFinding[];
  /** Whether the pending migrations say why that table (`schema.name`) loses rows. */
  mayLoseRows: (table: string) => boolean;
  /** The target's schema as it stands. */
  live: Schema;
  /** The foreign keys of the schema to come, where it can be built on an empty database; else those of today. */
  foreignKeys: ForeignKey[];
}

/** The dump is written plain and then packed, and the packed one is unpacked for the rehearsal. */
const SPACE_FACTOR = 2;

/**
 * Finds out whether the deployment can be done at all; writes nothing to the target.
 * What is wrong with the environment is thrown; what is wrong with migrations, history or schema is a finding.
 * @throws {CONNECTION_FAILED, SERVER_VERSION_UNSUPPORTED, PRIVILEGE_MISSING, TOOL_MISSING, DISK_SPACE_SHORT, PGBACKREST_UNUSABLE, STORE_FAILED,
 * CONFIG_INVALID, API_UNKNOWN}
 */
export async function plan(run: Run): Promise<Plan> {
  const { config, target } = run;
  // What is needed at the end is looked for at the beginning.
  findApi(target);
  const migrations = await readMigrations(config.migrations);
  return withClient(target.connection, run.applicationName, async (client) => {
    const facts = await readServerFacts(client);
    assertPrivileges(facts);
    const history = await readHistory(client);
    const diagnosis = diagnoseHistory(migrations, history, facts.tables);
    const { applied, pending } = diagnosis;
    const live = await readSchema(client);
    const built = await build(run, facts, buildable(diagnosis));
    const [before, after] = built.schemas;
    if (after !== undefined) assertPrivileges({ ...facts, forcedRlsTables: forcedRlsTables(after.schema) });
    const findings = [...diagnosis.findings, ...drift(before?.schema, live), ...built.findings];
    const planned: Plan = {
      facts,
      tools: undefined,
      pending,
      applied,
      history,
      units: [],
      phasings: { ways: [], obstacle: undefined },
      findings,
      mayLoseRows: () => false,
      live,
      foreignKeys: after?.foreignKeys ?? before?.foreignKeys ?? [],
    };
    if (pending.length === 0) return planned;
    await encryptionFor(target.settings);
    await target.store.check();
    const { tools, findings: ofDriver } = await checkDriver(run, client, facts);
    const pieces = await classifyMigrations(pending);
    const related = { relatedRelations: await relatedRelations(client) };
    const linted = await lintMigrations(pending, {
      ...(await readLintContext(client)),
      ...related,
      preferences: config.lint.preferences,
    });
    // What does not parse cannot be built either; it is told once.
    const parses = !linted.some(({ rule }) => rule === 'syntax-error');
    return {
      ...planned,
      tools,
      // A file that does not parse is a finding of the lint.
      ...(Array.isArray(pieces) && {
        units: arrange(pieces, related),
        phasings: arrangeInPhases(pieces, related),
      }),
      findings: [
        ...findings.filter(({ rule }) => parses || rule !== 'not-reproducible'),
        ...ofDriver,
        ...linted,
      ],
      mayLoseRows: await readAllowedRowLoss(pending),
    };
  });
}

/** What was applied can be built from the files only where these are the files that were applied. */
function buildable({ applied, pending, findings }: Diagnosis): Migration[][] {
  if (findings.length === 0) return [applied, pending];
  const sameFiles = findings.every(({ rule }) => ['history-failed', 'history-out-of-order'].includes(rule));
  return sameFiles ? [applied] : [];
}

/** @throws {PRIVILEGE_MISSING} naming everything that the role lacks. */
function assertPrivileges(facts: ServerFacts): void {
  const missing = missingPrivileges(facts);
  if (missing.length > 0) throw new DeployError({ code: 'PRIVILEGE_MISSING', user: facts.user, missing });
}

async function build(run: Run, facts: ServerFacts, lists: readonly (readonly Migration[])[]) {
  if (lists.length === 0) return { schemas: [], findings: [] };
  const { target, applicationName } = run;
  const name = scratchName(run.id, 'plan');
  const { schemas, failure } = await buildSchemas(
    lists,
    { cacheDirectory: `${run.config.stateDirectory}/cache`, serverVersion: facts.version },
    (use) =>
      undoingRoles(target.rehearsal, applicationName, lists.flat(), async (roles) => {
        run.emit({ type: 'intent', action: 'create-scratch', object: name, roles: [...roles] });
        const result = await withScratchDatabase(target.rehearsal, { name, applicationName }, use);
        run.emit({ type: 'completed', action: 'create-scratch', object: name });
        return result;
      }),
  );
  if (failure === undefined) return { schemas, findings: [] };
  if (toFailure(failure).code === 'CONNECTION_LOST') throw failure;
  const which = schemas.length === 0 ? 'applied' : 'pending';
  const finding = planFinding(
    'not-reproducible',
    'warning',
    `The ${which} migrations cannot be applied to an empty database.`,
    'A new installation cannot be built from them. Mend the migration, or squash the history into a new baseline.',
  );
  const detail = failure instanceof DeployError ? explain(failure.failure) : messageOf(failure);
  return { schemas, findings: [{ ...finding, detail }] };
}

function drift(expected: Schema | undefined, live: Schema): DeploymentFinding[] {
  if (expected === undefined) return [];
  return compareSchemas(withoutLocal(expected), withoutLocal(live)).map((difference) =>
    planFinding(
      'drift',
      'error',
      `The target differs from what its applied migrations build: ${describeDifference(difference)}.`,
      'Undo the change by hand, or write a migration that makes it and record it with prisma migrate resolve --applied.',
    ),
  );
}

function planFinding(
  rule: string,
  severity: DeploymentFinding['severity'],
  why: string,
  rewrite: string,
): DeploymentFinding {
  return {
    rule,
    severity,
    file: null,
    line: null,
    column: null,
    statement: null,
    why,
    rewrite,
    accepted: null,
  };
}

/** Whether a backup can be made and restored, by whatever makes the target's. */
async function checkDriver(
  run: Run,
  client: pg.Client,
  facts: ServerFacts,
): Promise<{ tools: ClientTools | undefined; findings: DeploymentFinding[] }> {
  const { config, target } = run;
  if (driverNameOf(target) === 'pgbackrest') {
    const { otherDatabases } = await checkPgbackrest(target, client, run.signal);
    return { tools: undefined, findings: otherDatabases.length === 0 ? [] : [wholeCluster(otherDatabases)] };
  }
  const tools = target.embedded ? undefined : await findClientTools(majorOf(facts), config.clientTools);
  await checkSpace(run, facts);
  return { tools, findings: [] };
}

function wholeCluster(databases: readonly string[]): DeploymentFinding {
  return planFinding(
    'whole-cluster',
    'warning',
    `Its backups are of the whole cluster: a swap back takes these databases back too: ${databases.join(', ')}.`,
    'Give the target a cluster of its own, or see that nobody writes to the others meanwhile.',
  );
}

async function checkSpace({ config }: Run, { databaseSizeBytes }: ServerFacts): Promise<void> {
  const directory = config.stateDirectory;
  await mkdir(directory, { recursive: true });
  const { bavail, bsize } = await statfs(directory);
  const [neededBytes, freeBytes] = [databaseSizeBytes * SPACE_FACTOR, bavail * bsize];
  if (freeBytes < neededBytes)
    throw new DeployError({ code: 'DISK_SPACE_SHORT', path: directory, neededBytes, freeBytes });
}

/**
 * @throws {TARGET_CHANGED} when history or schema are no longer those that were planned for: another deployment may have
 * finished between the plan and the lock.
 */
export async function assertUnchanged({ target, applicationName }: Run, planned: Plan): Promise<void> {
  await withClient(target.connection, applicationName, async (client) => {
    const changed = (problem: string) =>
      new DeployError({ code: 'TARGET_CHANGED', target: target.name, problem });
    if (JSON.stringify(await readHistory(client)) !== JSON.stringify(planned.history))
      throw changed('its migration history is another.');
    const [difference] = compareSchemas(planned.live, await readSchema(client));
    if (difference !== undefined) throw changed(`${describeDifference(difference)}.`);
  });
}
