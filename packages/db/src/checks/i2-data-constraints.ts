import { closedValueSets } from '@apms/validators';
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { Check } from './check.ts';
import { masterTables } from './master-tables.ts';
import { outcomeSql, problemsOf } from './outcome-sql.ts';
import { type Attempt, checkViolation, foundProblems, ruleViolation, tryAttempts } from './probe/attempt.ts';
import { changeableRowId } from './probe/changeable-row-id.ts';
import { activateVersionSql, draftVersionSql } from './probe/config-version.ts';
import { foundationSql } from './probe/foundation.ts';
import { probe } from './probe/probe.ts';
import { workflowSql } from './probe/workflow.ts';

const first = { probe, number: 1 };
const sets = Object.entries(closedValueSets).map(([name, values]) => {
  const [table = '', column = ''] = name.split('.');
  return { name, table, column, values };
});

/** Values that no program may store are refused by the database itself. */
export const i2DataConstraints: Check = {
  code: 'I2',
  title: 'Data constraints',
  needs: masterTables,
  sql: () => {
    const attempts = [...setAttempts(), ...rules.map(ruleAttempt)];
    return `
  ${foundationSql(probe)} ${draftVersionSql(first)} ${activateVersionSql(first)} ${workflowSql(first)}
  ${draftVersionSql({ probe, number: 2, predecessor: first })}
  ${tryAttempts(attempts)}
  ${outcomeSql(
    {
      closedValueSets: sets.length,
      valueSetsAsDeclared: `${sets.length} - (select count(*) from different)`,
      invalidValuesTried: attempts.length,
    },
    [problemsOf('select message, "table" from different order by position'), foundProblems],
    { queries: differentSets },
  )}`;
  },
};

/** Rules beside the closed value sets, as `[table, what to store, in words]`. */
const rules: readonly (readonly [table: string, assignment: string, words: string])[] = [
  ['config_versions', 'version_number = 0', 'a version number of 0'],
  [
    'config_versions',
    "validation_status = 'INVALID', status = 'ACTIVE'",
    'an INVALID version that is ACTIVE',
  ],
  ['approval_role_master', 'hierarchy_order = 0', 'a hierarchy order of 0'],
  ['approval_policy_stages', 'stage_number = 0', 'a stage number of 0'],
  ['approval_policy_stages', 'sequence_order = 0', 'a sequence order of 0'],
  ['approval_policy_stages', 'sla_hours = 0', 'an SLA of 0 hours'],
  ['approval_policy_stages', "assignment_mode = 'STATIC_USER'", 'a static assignment without a user'],
  ['cluster_approver_master', 'rank = 0', 'a rank of 0'],
  [
    'cluster_approver_master',
    "effective_from = '2026-01-02', effective_to = '2026-01-01'",
    'a period that ends before it starts',
  ],
  ['workflow_instances', 'current_stage_number = total_stages + 1', 'a current stage beyond the last'],
  ['workflow_stages', 'stage_number = 0', 'a stage number of 0'],
  ['workflow_stages', 'sequence_order = 0', 'a sequence order of 0'],
  ['atp_submissions', 'revision_number = 0', 'a revision number of 0'],
  ['approver_overrides', "override_type = 'REGION'", 'an override of a region that names none'],
  [
    'approver_overrides',
    "effective_to = effective_from - interval '1 day'",
    'a period that ends before it starts',
  ],
  ['approver_overrides', "approval_status = 'APPROVED'", 'an approved override without an approver'],
  ['punchlist_items', "status = 'CLOSED'", 'a closed item without evidence'],
];

function ruleAttempt([table, assignment, words]: (typeof rules)[number]): Attempt {
  return {
    what: `${words} in ${table}`,
    table,
    sql: `update ${table} set ${assignment} where id = ${escapeLiteral(changeableRowId(probe, table))}`,
    refusedBy: table === 'config_versions' ? [checkViolation, ruleViolation] : [checkViolation],
  };
}

/** The log refuses every change, so there a row is added; a version's own rule may refuse a status before its check. */
function setAttempts(): Attempt[] {
  return sets.map(({ table, column }) => {
    const target = escapeIdentifier(table);
    const row = `where t.id = ${escapeLiteral(changeableRowId(probe, table))}`;
    const change = `to_jsonb(t) || '{"id": "${probe.prefix}:invalid", "${column}": "no such value"}'`;
    const isLog = table === 'workflow_stage_actions';
    return {
      what: `a value of ${table}.${column} outside its set`,
      table,
      sql: isLog
        ? `insert into ${target} select r.* from ${target} t, jsonb_populate_record(null::${target}, ${change}) r ${row}`
        : `update ${target} t set ${escapeIdentifier(column)} = 'no such value' ${row}`,
      refusedBy: table === 'config_versions' ? [checkViolation, ruleViolation] : [checkViolation],
    };
  });
}

/** A check may be there and allow more, or less, than it should. */
const differentSets = `
  declared(position, name, "table", "values") as (values
    ${sets
      .map(
        ({ name, table, values }, position) =>
          `(${position}, '${name}', '${table}', '{${values.join(',')}}'::text[])`,
      )
      .join(',\n    ')}
  ), rule as (
    select t.relname || '.' || a.attname as name, (
             select string_agg(distinct m[1] collate "C", ', ' order by m[1] collate "C")
             from regexp_matches(pg_get_constraintdef(c.oid), '''([^'']*)''', 'g') m) as allowed
    from pg_constraint c
    join pg_class t on t.oid = c.conrelid
    join pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum]
    where c.contype = 'c' and c.convalidated and c.connamespace = 'public'::regnamespace
  ), different as materialized (
    select position, "table", format('%s %s instead of %s', name,
             coalesce('allows ' || (select string_agg(allowed, ' and ' order by allowed) from rule
                                    where rule.name = declared.name and allowed is not null),
                      'has no validated check'),
             array_to_string("values", ', ')) as message
    from declared
    where not exists (
      select from rule
      where rule.name = declared.name
        and allowed = (select string_agg(v collate "C", ', ' order by v collate "C") from unnest("values") v))
  )`;
