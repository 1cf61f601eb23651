import type { CheckProblem } from '@apms/validators';
import type { ClientBase } from 'pg';
import type { Check } from './check.ts';
import { approvalHistory } from './hot-queries.ts';
import { actAsApi } from './isolation/act-as-api.ts';
import { masterTables } from './master-tables.ts';
import { type Attempt, findAccepted, insufficientPrivilege, ruleViolation } from './probe/attempt.ts';
import { activateVersionSql, draftVersionSql, versionRowId } from './probe/config-version.ts';
import { foundationSql } from './probe/foundation.ts';
import { fill, newProbe, type Probe } from './probe/probe.ts';
import { findMisrouted, resolutions } from './runtime/find-misrouted.ts';

/** As the API's role: a workflow is created from its policy, its stages are approved in order, every action is logged. */
export const c6Runtime: Check = {
  code: 'C6',
  title: 'Runtime',
  needs: masterTables,
  async run({ client }) {
    const probe = newProbe();
    const version = { probe, number: 1 };
    await client.query(foundationSql(probe) + draftVersionSql(version) + activateVersionSql(version));
    await actAsApi(client, probe);

    const misrouted = await findMisrouted(client, probe);
    const started = await startWorkflow(client, probe);
    const decided = await decideStages(client, probe);
    const logged = await findMissingActions(client, probe);
    await client.query('reset role');
    const log = logAttempts(probe);
    return {
      figures: {
        policiesResolved: resolutions.length - misrouted.length,
        stagesCreated: started.stages,
        stagesApproved: decided.approved,
        actionsLogged: logged.actions,
        refusalsTried: log.length,
      },
      problems: [
        ...misrouted,
        ...started.problems,
        ...decided.problems,
        ...logged.problems,
        ...(await findAccepted(client, log)),
      ],
    };
  },
};

const startSql = `
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

async function startWorkflow(client: ClientBase, probe: Probe) {
  const policy = versionRowId({ probe, number: 1 }, 'approval_policy_master');
  await client.query(fill(probe, startSql, { policy }));
  const { rows } = await client.query<{ stages: number; approvers: number }>(
    'select count(*)::int as stages, count(approver_id)::int as approvers from workflow_stages where workflow_id = $1',
    [`${probe.prefix}:workflow_instances`],
  );
  const { stages = 0, approvers = 0 } = rows[0] ?? {};
  const problems: CheckProblem[] =
    stages === 2 && approvers === 2
      ? []
      : [
          {
            message: `a chain of 2 became ${stages} stages with ${approvers} approvers`,
            table: 'workflow_stages',
          },
        ];
  return { stages, problems };
}

/** One decision: only a PENDING stage takes it, the action is logged and the next stage opens with it. */
const decideSql = `
  with decided as (
    update workflow_stages set status = 'APPROVED', decision = 'APPROVE', decided_at = now()
    where id = $1 and status = 'PENDING' returning id, workspace_id, workflow_id, sequence_order, approver_id
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
  select (select count(*)::int from decided) as decided, (select count(*)::int from logged) as logged,
         (select count(*)::int from opened) as opened`;

async function decideStages(client: ClientBase, probe: Probe) {
  const expected = [
    { stage: 2, result: '0 decided, 0 logged, 0 opened', what: 'deciding a stage that is still WAITING' },
    { stage: 1, result: '1 decided, 1 logged, 1 opened', what: 'approving the first stage' },
    { stage: 1, result: '0 decided, 0 logged, 0 opened', what: 'deciding the first stage twice' },
    { stage: 2, result: '1 decided, 1 logged, 0 opened', what: 'approving the last stage' },
  ];
  const problems: CheckProblem[] = [];
  let approved = 0;
  for (const { stage, result, what } of expected) {
    const { rows } = await client.query<{ decided: number; logged: number; opened: number }>(decideSql, [
      `${probe.prefix}:stage-${stage}`,
    ]);
    const { decided = 0, logged = 0, opened = 0 } = rows[0] ?? {};
    approved += decided;
    const actual = `${decided} decided, ${logged} logged, ${opened} opened`;
    if (actual !== result)
      problems.push({ message: `${what}: ${actual}, not ${result}`, table: 'workflow_stages' });
  }
  return { approved, problems };
}

async function findMissingActions(client: ClientBase, probe: Probe) {
  const { rows } = await client.query<{ actor_email: string | null; version_number: number }>(
    approvalHistory.sql,
    [`${probe.prefix}:workflow_instances`],
  );
  const complete = rows.filter(
    ({ actor_email, version_number }) => actor_email !== null && version_number === 1,
  );
  const problems: CheckProblem[] =
    complete.length === 2
      ? []
      : [
          {
            message: `2 decisions left ${complete.length} complete entries in the log`,
            table: 'workflow_stage_actions',
          },
        ];
  return { actions: rows.length, problems };
}

function logAttempts(probe: Probe): Attempt[] {
  const table = 'workflow_stage_actions';
  const row = `where id = '${probe.prefix}:stage-1:action'`;
  const attempts: Attempt[] = [
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
      sql: `delete from workflow_instances where id = '${probe.prefix}:workflow_instances'`,
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
  return attempts;
}
