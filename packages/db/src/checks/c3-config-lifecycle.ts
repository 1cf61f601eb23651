import type { Check } from './check.ts';
import { masterTables } from './master-tables.ts';
import { faultySql, outcomeSql, problemsOf } from './outcome-sql.ts';
import { type Attempt, foundProblems, ruleViolation, tryAttempts, uniqueViolation } from './probe/attempt.ts';
import {
  activateVersionSql,
  configRowTables,
  draftVersionSql,
  type ProbeVersion,
  versionRowId,
} from './probe/config-version.ts';
import { foundationSql } from './probe/foundation.ts';
import { probe } from './probe/probe.ts';

const first: ProbeVersion = { probe, number: 1 };
const second: ProbeVersion = { probe, number: 2, predecessor: first };
const rollback: ProbeVersion = { probe, number: 3, predecessor: second, isRollback: true };

/** A version goes DRAFT → ACTIVE → SUPERSEDED → ARCHIVED, alone in being ACTIVE and untouched once it was. */
export const c3ConfigLifecycle: Check = {
  code: 'C3',
  title: 'Configuration lifecycle',
  needs: masterTables,
  sql: () => {
    const attempts = [...lifecycleAttempts(first, second), ...editAttempts(first)];
    return `
  select set_config('validation.chain', (${chainSql('true')})::text, true);
  ${foundationSql(probe)} ${draftVersionSql(first)} ${activateVersionSql(first)} ${draftVersionSql(second)}
  ${tryAttempts(attempts)}
  ${activateVersionSql(second)} ${draftVersionSql(rollback)} ${activateVersionSql(rollback)}
  update config_versions set status = 'ARCHIVED', archived_at = now() where id = '${versionRowId(first, 'config_versions')}';
  ${outcomeSql(
    {
      versions: "chain -> 'versions'",
      activeVersions: "chain -> 'active'",
      brokenLinks: `(select coalesce(sum((problem ->> 'count')::bigint), 0) from jsonb_array_elements(chain -> 'problems') problem)`,
      refusalsTried: attempts.length,
    },
    [
      "(chain -> 'problems')",
      foundProblems,
      problemsOf(unreached),
      `((${chainSql(`v.workspace_id = '${probe.workspaceId}'`)}) -> 'problems')`,
    ],
    { from: "(select current_setting('validation.chain')::jsonb as chain) before" },
  )}`;
  },
};

const unreached = `
  select 'two activations and an archiving left the versions ' || coalesce(reached, 'lost') as message, 'config_versions' as "table"
  from (select string_agg(status, ' → ' order by version_number) as reached from config_versions
        where workspace_id = '${probe.workspaceId}') versions
  where reached is distinct from 'ARCHIVED → SUPERSEDED → ACTIVE'`;

function lifecycleAttempts(active: ProbeVersion, draft: ProbeVersion): Attempt[] {
  const table = 'config_versions';
  const activeId = versionRowId(active, table);
  const draftId = versionRowId(draft, table);
  const refusedBy = [ruleViolation];
  return [
    {
      what: 'a second ACTIVE version of one workspace and source',
      table,
      sql: `update config_versions set status = 'ACTIVE' where id = '${draftId}'`,
      refusedBy: [uniqueViolation],
    },
    {
      what: 'deleting an ACTIVE version',
      table,
      // Nothing but the rule may stand in the way.
      sql: `with unlinked as (delete from config_versions where id = '${draftId}' returning id)
            delete from config_versions where id = '${activeId}' and exists (select from unlinked)`,
      refusedBy,
    },
    {
      what: 'editing an ACTIVE version',
      table,
      sql: `update config_versions set source_file_name = 'other.xlsx' where id = '${activeId}'`,
      refusedBy,
    },
    {
      what: 'returning an ACTIVE version to DRAFT',
      table,
      sql: `update config_versions set status = 'DRAFT' where id = '${activeId}'`,
      refusedBy,
    },
    {
      what: 'activating a version with unacknowledged warnings',
      table,
      sql: `update config_versions set validation_status = 'WARNINGS', status = 'ACTIVE' where id = '${draftId}'`,
      refusedBy,
    },
  ];
}

function editAttempts(active: ProbeVersion): Attempt[] {
  return Object.entries(configRowTables).flatMap(([table, change]) => {
    const id = versionRowId(active, table);
    const copy = `to_jsonb(t) || '${JSON.stringify({ ...change, id: `${id}:copy` })}'`;
    const refusedBy = [ruleViolation];
    return [
      {
        what: `changing a row of ${table} in an ACTIVE version`,
        table,
        sql: `update ${table} set created_at = created_at where id = '${id}'`,
        refusedBy,
      },
      {
        what: `adding a row to ${table} in an ACTIVE version`,
        table,
        sql: `insert into ${table} select r.* from ${table} t, jsonb_populate_record(null::${table}, ${copy}) r where t.id = '${id}'`,
        refusedBy,
      },
      {
        what: `deleting a row of ${table} in an ACTIVE version`,
        table,
        sql: `delete from ${table} where id = '${id}:spare'`,
        refusedBy,
      },
    ];
  });
}

/** The links of the versions that fulfil a condition on `v`: how many there are, how many are ACTIVE, what is wrong. */
function chainSql(condition: string): string {
  return `
  with version as (
    select v.*, p.id as p_id, p.superseded_by_id as p_next, p.source_type as p_source, p.workspace_id as p_workspace,
           s.previous_version_id as s_previous, s.version_number as s_number
    from config_versions v
    left join config_versions p on p.id = v.previous_version_id
    left join config_versions s on s.id = v.superseded_by_id
    where ${condition}
  ), fault as (
    select v.id, f.message
    from version v
    cross join lateral (values
      (v.status = 'SUPERSEDED' and v.superseded_by_id is null, 'are SUPERSEDED without naming their successor'),
      (v.superseded_by_id is not null and v.s_previous is distinct from v.id,
        'name a successor that does not name them as its predecessor'),
      (v.s_number <= v.version_number, 'name a successor with a lower number'),
      (v.superseded_by_id is not null and v.status in ('DRAFT', 'ACTIVE'), 'have a successor but are not superseded'),
      (v.status <> 'DRAFT' and v.p_id is not null and v.p_next is distinct from v.id,
        'name a predecessor that does not name them as its successor'),
      (v.p_id is not null and (v.p_source, v.p_workspace) <> (v.source_type, v.workspace_id),
        'follow a version of another source or workspace')
    ) f(broken, message)
    where f.broken
  )
  select jsonb_build_object(
    'versions', (select count(*) from version),
    'active', (select count(*) from version where status = 'ACTIVE'),
    'problems', ${problemsOf(faultySql('config versions', 'config_versions'))})`;
}
