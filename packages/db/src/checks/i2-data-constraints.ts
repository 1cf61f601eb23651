import { type CheckProblem, closedValueSets } from '@apms/validators';
import { type ClientBase, escapeIdentifier, escapeLiteral } from 'pg';
import type { Check } from './check.ts';
import { masterTables } from './master-tables.ts';
import { type Attempt, checkViolation, findAccepted, ruleViolation } from './probe/attempt.ts';
import { changeableRowId } from './probe/changeable-row-id.ts';
import { activateVersionSql, draftVersionSql } from './probe/config-version.ts';
import { foundationSql } from './probe/foundation.ts';
import { newProbe, type Probe } from './probe/probe.ts';
import { workflowSql } from './probe/workflow.ts';

/** Values that no program may store are refused by the database itself. */
export const i2DataConstraints: Check = {
  code: 'I2',
  title: 'Data constraints',
  needs: masterTables,
  async run({ client }) {
    const probe = newProbe();
    const first = { probe, number: 1 };
    await client.query(
      foundationSql(probe) +
        draftVersionSql(first) +
        activateVersionSql(first) +
        workflowSql(first) +
        draftVersionSql({ probe, number: 2, predecessor: first }),
    );
    const attempts = [...setAttempts(probe), ...rules.map((rule) => ruleAttempt(probe, rule))];
    const different = await findDifferentSets(client);
    return {
      figures: {
        closedValueSets: Object.keys(closedValueSets).length,
        valueSetsAsDeclared: Object.keys(closedValueSets).length - different.length,
        invalidValuesTried: attempts.length,
      },
      problems: [...different, ...(await findAccepted(client, attempts))],
    };
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

function ruleAttempt(probe: Probe, [table, assignment, words]: (typeof rules)[number]): Attempt {
  return {
    what: `${words} in ${table}`,
    table,
    sql: `update ${table} set ${assignment} where id = ${escapeLiteral(changeableRowId(probe, table))}`,
    refusedBy: table === 'config_versions' ? [checkViolation, ruleViolation] : [checkViolation],
  };
}

/** The log refuses every change, so there a row is added; a version's own rule may refuse a status before its check. */
function setAttempts(probe: Probe): Attempt[] {
  return splitNames().map(({ table, column }) => {
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

function splitNames(): { name: string; table: string; column: string; values: readonly string[] }[] {
  return Object.entries(closedValueSets).map(([name, values]) => {
    const [table = '', column = ''] = name.split('.');
    return { name, table, column, values };
  });
}

const setsQuery = `
  select t.relname || '.' || a.attname as name, array_agg(distinct m[1]) as values
  from pg_constraint c
  join pg_class t on t.oid = c.conrelid
  join pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum]
  cross join lateral regexp_matches(pg_get_constraintdef(c.oid), '''([^'']*)''', 'g') m
  where c.contype = 'c' and c.convalidated and c.connamespace = 'public'::regnamespace
    and t.relname || '.' || a.attname = any($1)
  group by c.oid, 1`;

/** A check may be there and allow more, or less, than it should. */
async function findDifferentSets(client: ClientBase): Promise<CheckProblem[]> {
  const { rows } = await client.query<{ name: string; values: string[] }>(setsQuery, [
    Object.keys(closedValueSets),
  ]);
  return splitNames().flatMap(({ name, table, values }) => {
    const declared = rows.filter((row) => row.name === name).map((row) => row.values.toSorted().join(', '));
    if (declared.includes(values.toSorted().join(', '))) return [];
    const found = declared.length > 0 ? `allows ${declared.join(' and ')}` : 'has no validated check';
    return [{ message: `${name} ${found} instead of ${values.join(', ')}`, table }];
  });
}
