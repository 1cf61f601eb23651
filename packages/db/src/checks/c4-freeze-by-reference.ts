import type { Check } from './check.ts';
import { masterTables } from './master-tables.ts';
import { outcomeSql, problemsOf } from './outcome-sql.ts';
import {
  type Attempt,
  foreignKeyViolation,
  foundProblems,
  ruleViolation,
  tryAttempts,
} from './probe/attempt.ts';
import {
  activateVersionSql,
  draftVersionSql,
  type ProbeVersion,
  versionRowId,
} from './probe/config-version.ts';
import { foundationSql } from './probe/foundation.ts';
import { probe } from './probe/probe.ts';
import { workflowSql } from './probe/workflow.ts';

const first: ProbeVersion = { probe, number: 1 };
const second: ProbeVersion = { probe, number: 2, predecessor: first };
const rollback: ProbeVersion = { probe, number: 3, predecessor: second, isRollback: true };

/** What happens to the configuration while a workflow runs. */
const events: readonly (readonly [name: string, sql: string])[] = [
  [
    'the workflow was started',
    foundationSql(probe) + draftVersionSql(first) + activateVersionSql(first) + workflowSql(first),
  ],
  ['a new draft', draftVersionSql(second)],
  ['an activation', activateVersionSql(second)],
  ['a rollback', draftVersionSql(rollback) + activateVersionSql(rollback)],
];

/** A running workflow stays on the version it was created from, whatever happens to the configuration. */
export const c4FreezeByReference: Check = {
  code: 'C4',
  title: 'Freeze by reference',
  needs: masterTables,
  sql: () => {
    const attempts = freezeAttempts(first, rollback);
    return `
  select set_config('validation.on_drafts', ${problemsOf(workflowsOnDrafts)}::text, true),
         set_config('validation.moved_after', '', true);
  ${events.map(([name, sql]) => sql + noteIfMoved(name)).join('')}
  ${tryAttempts(attempts)}
  ${outcomeSql(
    {
      workflowsOnDrafts: `(select coalesce(sum((problem ->> 'count')::bigint), 0) from jsonb_array_elements(on_drafts) problem)`,
      eventsSurvived: `${events.length - 1} - (moved_after <> '')::int`,
      refusalsTried: attempts.length,
    },
    [
      'on_drafts',
      problemsOf(`
      select format('after %s the workflow is not on its version', moved_after) as message, 'workflow_instances' as "table"
      where moved_after <> ''`),
      foundProblems,
    ],
    {
      from: `(select current_setting('validation.on_drafts')::jsonb as on_drafts,
               current_setting('validation.moved_after') as moved_after) seen`,
    },
  )}`;
  },
};

/** Names the first event after which the workflow was no longer on its version. */
function noteIfMoved(event: string): string {
  return `
  select set_config('validation.moved_after', '${event}', true)
  where current_setting('validation.moved_after') = '' and not exists (
    select from workflow_instances
    where id = '${probe.prefix}:workflow_instances' and config_version_id = '${versionRowId(first, 'config_versions')}'
      and policy_id = '${versionRowId(first, 'approval_policy_master')}');`;
}

/** Version by version, so that the index answers and the workflows are not read. */
const workflowsOnDrafts = `
    select format('%s workflows run on config version %s, which is still a DRAFT', w.count, v.id) as message,
           'workflow_instances' as "table", w.count, array(
             select w.id from workflow_instances w where w.config_version_id = v.id order by w.id limit 5) as "sampleIds"
    from config_versions v
    cross join lateral (select count(*) from workflow_instances w where w.config_version_id = v.id) w
    where v.status = 'DRAFT' and w.count > 0
    order by w.count desc, v.id`;

function freezeAttempts(frozen: ProbeVersion, active: ProbeVersion): Attempt[] {
  const workflowId = `${probe.prefix}:workflow_instances`;
  return [
    {
      what: 'moving a workflow to another version',
      table: 'workflow_instances',
      sql: `update workflow_instances set config_version_id = '${versionRowId(active, 'config_versions')}',
              policy_id = '${versionRowId(active, 'approval_policy_master')}', scope_id = '${versionRowId(active, 'atp_scope_master')}',
              vendor_id = '${versionRowId(active, 'vendor_master')}' where id = '${workflowId}'`,
      refusedBy: [ruleViolation],
    },
    {
      what: 'moving a workflow to another version but leaving its policy',
      table: 'workflow_instances',
      sql: `update workflow_instances set config_version_id = '${versionRowId(active, 'config_versions')}'
            where id = '${workflowId}'`,
      refusedBy: [ruleViolation, ...foreignKeyViolation],
    },
    {
      what: 'deleting the version of a workflow',
      table: 'config_versions',
      sql: `delete from config_versions where id = '${versionRowId(frozen, 'config_versions')}'`,
      refusedBy: [ruleViolation, ...foreignKeyViolation],
    },
    {
      what: 'editing the chain of a running workflow',
      table: 'approval_policy_stages',
      sql: `update approval_policy_stages set sla_hours = 1 where id = '${versionRowId(frozen, 'approval_policy_stages')}'`,
      refusedBy: [ruleViolation],
    },
  ];
}
