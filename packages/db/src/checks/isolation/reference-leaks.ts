import { attemptsSql, foreignKeyViolation, ruleViolation } from '../probe/attempt.ts';
import { changeableRowIdSql } from '../probe/changeable-row-id.ts';
import { otherProbe, probe } from '../probe/probe.ts';
import { notedRows } from './note-probe-rows.ts';
import { scopedTables } from './note-scoped-tables.ts';

/** The foreign keys between two tables whose rows carry their workspace. */
const scopedKeys = `
      select c.conname::text as name, t.relname::text as "table", r.relname::text as referenced,
             array(select a.attname::text from unnest(c.conkey) with ordinality k(attnum, n)
                   join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum order by k.n) as columns,
             array(select a.attname::text from unnest(c.confkey) with ordinality k(attnum, n)
                   join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.attnum order by k.n) as "referencedColumns"
      from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class r on r.oid = c.confrelid
      where c.contype = 'f' and c.conparentid = 0 and c.connamespace = 'public'::regnamespace
        and t.relname in (select name from ${scopedTables} where "column" = 'workspace_id')
        and r.relname in (select name from ${scopedTables} where "column" = 'workspace_id')`;

/** Query of the keys between workspace-scoped tables that do not carry the workspace. */
export const unscopedKeys = `
  select format('foreign key %s does not carry workspace_id', name) as message, "table"
  from (${scopedKeys}) key
  where not exists (select from unnest(columns, "referencedColumns") pair(referencing, referenced)
                    where referencing = 'workspace_id' and referenced = 'workspace_id')
  order by "table", name`;

/** Their own rules refuse some changes before the key is looked at; that it carries its workspace is seen in the catalog. */
const ruledTables = "'{workflow_instances,workflow_stage_actions}'";

const literal = (states: readonly string[]) => `'${JSON.stringify(states)}'::jsonb`;

/**
 * SQL that, as a role that row-level security does not bind, makes references from one workspace into another, where
 * the probes have rows; for the other tables the catalog has to tell. Keeps the number in `validation.references`.
 */
export const tryReferences = `${attemptsSql(`((
    select coalesce(jsonb_agg(jsonb_build_object(
        'what', format('a reference from %s.%s into another workspace', "table", "column"),
        'table', "table",
        'sql', format('update %I set %I = %L where id = %L', "table", "column",
          ${changeableRowIdSql(otherProbe, 'referenced')},
          ${changeableRowIdSql(probe, '"table"')}),
        'refusedBy', case when "table" = any(${ruledTables}) then ${literal([...foreignKeyViolation, ruleViolation])}
                     else ${literal(foreignKeyViolation)} end) order by "table", name), '[]')
    from (${scopedKeys}) key
    cross join lateral (
      select coalesce((select name from unnest(columns) with ordinality c(name, n)
                       where name not in ('workspace_id', 'config_version_id') order by n limit 1),
                      'config_version_id') as "column") key_column
    where ${notedRows} ? "table" and ${notedRows} ? referenced)
    || jsonb_build_array(jsonb_build_object(
      'what', 'deleting a workspace that has rows', 'table', 'workspaces',
      'sql', 'delete from workspaces where id = ''${probe.workspaceId}''',
      'refusedBy', ${literal(foreignKeyViolation)})))::text`)}
  select set_config('validation.references', jsonb_array_length(current_setting('validation.attempts')::jsonb)::text, true);`;
