import type { CheckProblem, ForeignKey } from '@apms/validators';
import { type ClientBase, escapeIdentifier, escapeLiteral } from 'pg';
import { listForeignKeys } from '../list-foreign-keys.ts';
import { type Attempt, findAccepted, foreignKeyViolation, ruleViolation } from '../probe/attempt.ts';
import { changeableRowId } from '../probe/changeable-row-id.ts';
import type { Probe } from '../probe/probe.ts';

const scopeColumns: ReadonlySet<string> = new Set(['workspace_id', 'config_version_id']);

/** Their own rules refuse some changes before the key is looked at; that it carries its workspace is seen in the catalog. */
const ruledTables: ReadonlySet<string> = new Set(['workflow_instances', 'workflow_stage_actions']);

/**
 * As a role that row-level security does not bind, makes references from one workspace into another, where the
 * probes have rows; for the other tables the catalog has to tell.
 */
export async function findReferenceLeaks(
  client: ClientBase,
  scopedTables: ReadonlySet<string>,
  probedTables: ReadonlySet<string>,
  ours: Probe,
  theirs: Probe,
): Promise<{ attempts: number; problems: CheckProblem[] }> {
  const keys = (await listForeignKeys(client)).filter(
    ({ table, referencedTable }) => scopedTables.has(table) && scopedTables.has(referencedTable),
  );
  const unscoped: CheckProblem[] = keys
    .filter((key) => !carriesWorkspace(key))
    .map(({ name, table }) => ({ message: `foreign key ${name} does not carry workspace_id`, table }));
  const deletion: Attempt = {
    what: 'deleting a workspace that has rows',
    table: 'workspaces',
    sql: `delete from workspaces where id = ${escapeLiteral(ours.workspaceId)}`,
    refusedBy: foreignKeyViolation,
  };
  const attempts = keys
    .filter(({ table, referencedTable }) => probedTables.has(table) && probedTables.has(referencedTable))
    .map((key) => referenceAttempt(key, ours, theirs));
  const accepted = await findAccepted(client, [...attempts, deletion]);
  return { attempts: attempts.length + 1, problems: [...unscoped, ...accepted] };
}

function carriesWorkspace({ columns, referencedColumns }: ForeignKey): boolean {
  return columns.some((column, index) => column === 'workspace_id' && referencedColumns[index] === column);
}

function referenceAttempt(
  { table, columns, referencedTable }: ForeignKey,
  ours: Probe,
  theirs: Probe,
): Attempt {
  const column = columns.find((name) => !scopeColumns.has(name)) ?? 'config_version_id';
  return {
    what: `a reference from ${table}.${column} into another workspace`,
    table,
    sql: `update ${escapeIdentifier(table)}
          set ${escapeIdentifier(column)} = ${escapeLiteral(changeableRowId(theirs, referencedTable))}
          where id = ${escapeLiteral(changeableRowId(ours, table))}`,
    refusedBy: ruledTables.has(table) ? [...foreignKeyViolation, ruleViolation] : foreignKeyViolation,
  };
}
