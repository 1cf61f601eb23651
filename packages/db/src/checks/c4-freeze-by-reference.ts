import type { CheckProblem } from '@apms/validators';
import type { ClientBase } from 'pg';
import type { Check } from './check.ts';
import { masterTables } from './master-tables.ts';
import { type Attempt, findAccepted, foreignKeyViolation, ruleViolation } from './probe/attempt.ts';
import {
  activateVersionSql,
  draftVersionSql,
  type ProbeVersion,
  versionRowId,
} from './probe/config-version.ts';
import { foundationSql } from './probe/foundation.ts';
import { newProbe, type Probe } from './probe/probe.ts';
import { workflowSql } from './probe/workflow.ts';

/** A running workflow stays on the version it was created from, whatever happens to the configuration. */
export const c4FreezeByReference: Check = {
  code: 'C4',
  title: 'Freeze by reference',
  needs: masterTables,
  async run({ client }) {
    const onDrafts = await findWorkflowsOnDrafts(client);
    const probe = newProbe();
    const first: ProbeVersion = { probe, number: 1 };
    const second: ProbeVersion = { probe, number: 2, predecessor: first };
    const rollback: ProbeVersion = { probe, number: 3, predecessor: second, isRollback: true };
    const events: [name: string, sql: string][] = [
      [
        'the workflow was started',
        foundationSql(probe) + draftVersionSql(first) + activateVersionSql(first) + workflowSql(first),
      ],
      ['a new draft', draftVersionSql(second)],
      ['an activation', activateVersionSql(second)],
      ['a rollback', draftVersionSql(rollback) + activateVersionSql(rollback)],
    ];
    const moved: CheckProblem[] = [];
    for (const [name, sql] of events) {
      await client.query(sql);
      if (!(await isFrozen(client, first))) {
        moved.push({
          message: `after ${name} the workflow is not on its version`,
          table: 'workflow_instances',
        });
        break;
      }
    }
    const attempts = freezeAttempts(probe, first, rollback);
    return {
      figures: {
        workflowsOnDrafts: onDrafts.reduce((sum, { count = 0 }) => sum + count, 0),
        eventsSurvived: events.length - moved.length - 1,
        refusalsTried: attempts.length,
      },
      problems: [...onDrafts, ...moved, ...(await findAccepted(client, attempts))],
    };
  },
};

function freezeAttempts(probe: Probe, frozen: ProbeVersion, active: ProbeVersion): Attempt[] {
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

async function isFrozen(client: ClientBase, version: ProbeVersion): Promise<boolean> {
  const { rows } = await client.query<{ frozen: boolean }>(
    'select config_version_id = $2 and policy_id = $3 as frozen from workflow_instances where id = $1',
    [
      `${version.probe.prefix}:workflow_instances`,
      versionRowId(version, 'config_versions'),
      versionRowId(version, 'approval_policy_master'),
    ],
  );
  return rows[0]?.frozen ?? false;
}

/** Version by version, so that the index answers and the workflows are not read. */
async function findWorkflowsOnDrafts(client: ClientBase): Promise<CheckProblem[]> {
  const { rows } = await client.query<{ id: string; count: number; sampleIds: string[] }>(
    `select v.id, w.count, array(
       select w.id from workflow_instances w where w.config_version_id = v.id order by w.id limit 5) as "sampleIds"
     from config_versions v
     cross join lateral (
       select count(*)::int as count from workflow_instances w where w.config_version_id = v.id) w
     where v.status = 'DRAFT' and w.count > 0
     order by w.count desc, v.id`,
  );
  return rows.map(({ id, count, sampleIds }) => ({
    message: `${count} workflows run on config version ${id}, which is still a DRAFT`,
    table: 'workflow_instances',
    count,
    sampleIds,
  }));
}
