import type { CheckProblem } from '@apms/validators';
import type { ClientBase } from 'pg';
import type { Check } from './check.ts';
import { masterTables } from './master-tables.ts';
import { type Attempt, findAccepted, ruleViolation, uniqueViolation } from './probe/attempt.ts';
import {
  activateVersionSql,
  configRowTables,
  draftVersionSql,
  type ProbeVersion,
  versionRowId,
} from './probe/config-version.ts';
import { foundationSql } from './probe/foundation.ts';
import { newProbe } from './probe/probe.ts';

/** A version goes DRAFT → ACTIVE → SUPERSEDED → ARCHIVED, alone in being ACTIVE and untouched once it was. */
export const c3ConfigLifecycle: Check = {
  code: 'C3',
  title: 'Configuration lifecycle',
  needs: masterTables,
  async run({ client }) {
    const chain = await readChain(client);
    const probe = newProbe();
    const first: ProbeVersion = { probe, number: 1 };
    const second: ProbeVersion = { probe, number: 2, predecessor: first };
    const rollback: ProbeVersion = { probe, number: 3, predecessor: second, isRollback: true };

    await client.query(foundationSql(probe) + draftVersionSql(first) + activateVersionSql(first));
    await client.query(draftVersionSql(second));
    const attempts = [...lifecycleAttempts(first, second), ...editAttempts(first)];
    const accepted = await findAccepted(client, attempts);
    const firstId = versionRowId(first, 'config_versions');
    await client.query(
      `${activateVersionSql(second)} ${draftVersionSql(rollback)} ${activateVersionSql(rollback)}
       update config_versions set status = 'ARCHIVED', archived_at = now() where id = '${firstId}';`,
    );
    const { rows } = await client.query<{ id: string; status: string }>(
      'select id, status from config_versions where workspace_id = $1 order by version_number',
      [probe.workspaceId],
    );
    const reached = rows.map(({ status }) => status).join(' → ');
    const lifecycle: CheckProblem[] =
      reached === 'ARCHIVED → SUPERSEDED → ACTIVE'
        ? []
        : [
            {
              message: `two activations and an archiving left the versions ${reached}`,
              table: 'config_versions',
            },
          ];
    const probeChain = await readChain(client, probe.workspaceId);
    return {
      figures: {
        versions: chain.versions,
        activeVersions: chain.active,
        brokenLinks: chain.problems.reduce((sum, { count = 0 }) => sum + count, 0),
        refusalsTried: attempts.length,
      },
      problems: [...chain.problems, ...accepted, ...lifecycle, ...probeChain.problems],
    };
  },
};

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

const faultsQuery = `
  with version as (
    select v.*, p.id as p_id, p.superseded_by_id as p_next, p.source_type as p_source, p.workspace_id as p_workspace,
           s.previous_version_id as s_previous, s.version_number as s_number
    from config_versions v
    left join config_versions p on p.id = v.previous_version_id
    left join config_versions s on s.id = v.superseded_by_id
    where $1::uuid is null or v.workspace_id = $1::uuid
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
  select (select count(*)::int from version) as versions,
         (select count(*)::int from version where status = 'ACTIVE') as active,
         (select coalesce(json_agg(json_build_object('message', message, 'count', count, 'sampleIds', sample)), '[]')
          from (select message, count(*) as count, (array_agg(id order by id))[1:5] as sample
                from fault group by message order by message) grouped) as faults`;

interface Chain {
  readonly versions: number;
  readonly active: number;
  readonly problems: CheckProblem[];
}

async function readChain(client: ClientBase, workspaceId?: string): Promise<Chain> {
  const { rows } = await client.query<{
    versions: number;
    active: number;
    faults: { message: string; count: number; sampleIds: string[] }[];
  }>(faultsQuery, [workspaceId ?? null]);
  const { versions, active, faults } = rows[0] ?? { versions: 0, active: 0, faults: [] };
  return {
    versions,
    active,
    problems: faults.map(({ message, count, sampleIds }) => ({
      message: `${count} config versions ${message}`,
      table: 'config_versions',
      count,
      sampleIds,
    })),
  };
}
