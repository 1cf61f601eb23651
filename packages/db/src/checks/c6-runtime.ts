import { bind } from './bind.ts';
import type { Check } from './check.ts';
import { approvalHistory } from './hot-queries.ts';
import { actAsApiSql } from './isolation/act-as-api.ts';
import { masterTables } from './master-tables.ts';
import { outcomeSql, problemsOf } from './outcome-sql.ts';
import {
  type Attempt,
  foundProblems,
  insufficientPrivilege,
  ruleViolation,
  tryAttempts,
} from './probe/attempt.ts';
import { activateVersionSql, draftVersionSql, versionRowId } from './probe/config-version.ts';
import { foundationSql } from './probe/foundation.ts';
import { fill, probe } from './probe/probe.ts';
import { misrouted, resolutionCount } from './runtime/misrouted.ts';

const version = { probe, number: 1 };
const workflowId = `${probe.prefix}:workflow_instances`;

/** As the API's role: a workflow is created from its policy, its stages are approved in order, every action is logged. */
export const c6Runtime: Check = {
  code: 'C6',
  title: 'Runtime',
  needs: masterTables,
  sql: () => {
    const attempts = logAttempts();
    return `
  ${foundationSql(probe)} ${draftVersionSql(version)} ${activateVersionSql(version)}
  ${actAsApiSql(probe)}
  select set_config('validation.misrouted', ${problemsOf(misrouted)}::text, true);
  ${fill(probe, start, { policy: versionRowId(version, 'approval_policy_master') })}
  select set_config('validation.started', (
    select jsonb_build_array(count(*), count(approver_id)) from workflow_stages where workflow_id = '${workflowId}')::text, true);
  select set_config('validation.decisions', '[]', true);
  ${decisions.map(({ stage }) => fill(probe, decision, { stage })).join('')}
  select set_config('validation.logged', (
    select jsonb_build_array(count(*), count(*) filter (where actor_email is not null and version_number = 1))
    from (${bind(approvalHistory.sql, [workflowId])}) history)::text, true);
  reset role;
  ${tryAttempts(attempts)}
  ${outcomeSql(
    {
      policiesResolved: `${resolutionCount} - jsonb_array_length(misrouted)`,
      stagesCreated: 'started -> 0',
      stagesApproved: `(select sum(split_part(decision, ' ', 1)::int) from jsonb_array_elements_text(decisions) decision)`,
      actionsLogged: 'logged -> 0',
      refusalsTried: attempts.length,
    },
    [
      'misrouted',
      problemsOf(incompleteStart),
      problemsOf(wrongDecisions),
      problemsOf(incompleteLog),
      foundProblems,
    ],
    {
      from: `(select ${['misrouted', 'started', 'decisions', 'logged']
        .map((name) => `current_setting('validation.${name}')::jsonb as ${name}`)
        .join(', ')}) seen`,
    },
  )}`;
  },
};

const start = `
  insert into workflow_instances (id, workspace_id, config_version_id, policy_id, site_id, scope_id, vendor_id,
      atp_category, total_stages, routing_snapshot)
    select '{p}:workflow_instances', p.workspace_id, p.config_version_id, p.id, '{p}:sites', p.scope_id,
      p.vendor_id, p.atp_category, (select count(*) from approval_policy_stages s where s.policy_id = p.id), '{}'
    from approval_policy_master p where p.id = '{policy}';
  insert into workflow_stages (id, workspace_id, workflow_id, role_id, stage_number, sequence_order, approver_id,
      status, sla_hours, opened_at, sla_due_at)
    select '{p}:stage-' || s.stage_number, s.workspace_id, '{p}:workflow_instances', s.role_id, s.stage_number,
      s.sequence_order, a.user_id, case s.sequence_order when 1 then 'PENDING' else 'WAITING' end, s.sla_hours,
      case s.sequence_order when 1 then now() end,
      case s.sequence_order when 1 then now() + make_interval(hours => s.sla_hours) end
    from approval_policy_stages s
    join cluster_master c on c.config_version_id = s.config_version_id and c.cluster_code = 'PROBE'
    join cluster_approver_master a on a.cluster_id = c.id and a.role_id = s.role_id and a.rank = 1
    where s.policy_id = '{policy}';`;

const incompleteStart = `
  select format('a chain of 2 became %s stages with %s approvers', started -> 0, started -> 1) as message,
         'workflow_stages' as "table"
  where started <> '[2, 2]'`;

/** SQL of one decision: only a PENDING stage takes it, the action is logged and the next stage opens with it. */
const decision = `
  with decided as (
    update workflow_stages set status = 'APPROVED', decision = 'APPROVE', decided_at = now()
    where id = '{p}:stage-{stage}' and status = 'PENDING' returning id, workspace_id, workflow_id, sequence_order, approver_id
  ), logged as (
    insert into workflow_stage_actions (id, workspace_id, workflow_stage_id, action_type, actor_id)
    select id || ':action', workspace_id, id, 'APPROVED', approver_id from decided returning id
  ), opened as (
    update workflow_stages s set status = 'PENDING', opened_at = now(),
      sla_due_at = now() + make_interval(hours => s.sla_hours)
    from decided d
    where s.workflow_id = d.workflow_id and s.status = 'WAITING' and s.sequence_order = d.sequence_order + 1
    returning s.id
  )
  select set_config('validation.decisions', (
    current_setting('validation.decisions')::jsonb || to_jsonb(format('%s decided, %s logged, %s opened',
      (select count(*) from decided), (select count(*) from logged), (select count(*) from opened))))::text, true);`;

const decisions = [
  { stage: 2, result: '0 decided, 0 logged, 0 opened', what: 'deciding a stage that is still WAITING' },
  { stage: 1, result: '1 decided, 1 logged, 1 opened', what: 'approving the first stage' },
  { stage: 1, result: '0 decided, 0 logged, 0 opened', what: 'deciding the first stage twice' },
  { stage: 2, result: '1 decided, 1 logged, 0 opened', what: 'approving the last stage' },
] as const;

const wrongDecisions = `
  select format('%s: %s, not %s', what, decisions ->> position, expected) as message, 'workflow_stages' as "table"
  from (values ${decisions.map(({ what, result }, position) => `(${position}, '${what}', '${result}')`).join(', ')}
  ) d(position, what, expected)
  where decisions ->> position is distinct from expected order by position`;

const incompleteLog = `
  select format('2 decisions left %s complete entries in the log', logged -> 1) as message,
         'workflow_stage_actions' as "table"
  where logged -> 1 <> '2'`;

function logAttempts(): Attempt[] {
  const table = 'workflow_stage_actions';
  const row = `where id = '${probe.prefix}:stage-1:action'`;
  return [
    {
      what: 'changing a logged action',
      table,
      sql: `update ${table} set comment = 'x' ${row}`,
      refusedBy: [ruleViolation],
    },
    {
      what: 'deleting a logged action',
      table,
      sql: `delete from ${table} ${row}`,
      refusedBy: [ruleViolation],
    },
    {
      what: 'deleting a workflow with logged actions',
      table,
      sql: `delete from workflow_instances where id = '${workflowId}'`,
      refusedBy: [ruleViolation, insufficientPrivilege],
    },
    {
      what: 'changing an audit event',
      table: 'audit_events',
      sql: `update audit_events set action = 'x' where id = '${probe.prefix}:audit_events'`,
      refusedBy: [ruleViolation],
    },
    {
      what: 'deleting an audit event',
      table: 'audit_events',
      sql: `delete from audit_events where id = '${probe.prefix}:audit_events'`,
      refusedBy: [ruleViolation],
    },
  ];
}
