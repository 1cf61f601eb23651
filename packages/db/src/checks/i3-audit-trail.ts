import type { CheckProblem } from '@apms/validators';
import type { ClientBase } from 'pg';
import type { Check, CheckContext } from './check.ts';
import { approvalHistory } from './hot-queries.ts';
import { masterTables } from './master-tables.ts';
import { activateVersionSql, draftVersionSql } from './probe/config-version.ts';
import { foundationSql } from './probe/foundation.ts';
import { newProbe } from './probe/probe.ts';
import { workflowSql } from './probe/workflow.ts';

/** Where every configuration came from and who decided what can be told from the rows alone. */
export const i3AuditTrail: Check = {
  code: 'I3',
  title: 'Audit trail',
  needs: masterTables,
  async run(context) {
    const imports = await readImports(context.client);
    const decisions = await readDecisions(context);
    const rebuilt = await rebuildProbeHistory(context.client);
    return {
      figures: { ...imports.figures, ...decisions.figures },
      problems: [...imports.problems, ...decisions.problems, ...rebuilt],
    };
  },
};

interface Fault {
  readonly message: string;
  readonly count: number;
  readonly sampleIds: string[];
}

const importsQuery = `
  with fault as (
    select v.id, f.message
    from config_versions v
    left join users importer on importer.id = v.imported_by_id
    cross join lateral (values
      (btrim(v.source_file_name) = '' or v.source_file_name is null, 'do not name their source file'),
      (v.source_checksum is null or v.source_checksum !~ '^[0-9a-f]{64}$', 'have no checksum of their source file'),
      (importer.id is null, 'do not say who imported them'),
      (v.status <> 'DRAFT' and (v.activated_at is null or v.activated_by_id is null),
        'have been activated without saying by whom and when')
    ) f(broken, message)
    where f.broken
  )
  select (select count(*)::int from config_versions) as versions,
         (select coalesce(json_agg(json_build_object('message', message, 'count', count, 'sampleIds', sample)), '[]')
          from (select message, count(*) as count, (array_agg(id order by id))[1:5] as sample
                from fault group by message order by message) grouped) as faults`;

async function readImports(client: ClientBase) {
  const { rows } = await client.query<{ versions: number; faults: Fault[] }>(importsQuery);
  const { versions, faults } = rows[0] ?? { versions: 0, faults: [] };
  const problems: CheckProblem[] = faults.map(({ message, count, sampleIds }) => ({
    message: `${count} config versions ${message}`,
    table: 'config_versions',
    count,
    sampleIds,
  }));
  return { figures: { importsRead: versions }, problems };
}

const decided = "s.status in ('APPROVED', 'APPROVED_WITH_PUNCHLIST', 'REJECTED')";

interface DecisionsQuery {
  readonly extent: string;
  readonly stages: string;
  /** The ids of the stages whose decision nobody is known to have made. */
  readonly silent: string;
}

const allDecisions: DecisionsQuery = {
  extent: 'all',
  stages: `select s.id, s.status from workflow_stages s where ${decided}`,
  silent: `
    select id from stage where not exists (
      select from workflow_stage_actions a where a.workflow_stage_id = stage.id and a.action_type = stage.status)`,
};

/** While locks are held, the latest hundred of each workspace speak for the rest, found by index alone. */
const latestDecisions: DecisionsQuery = {
  extent: 'the latest of each workspace',
  stages: `
    select l.id, l.status from workspaces w cross join lateral (
      select s.id, s.status from workflow_stages s
      where s.workspace_id = w.id and s.decided_at is not null and ${decided}
      order by s.decided_at desc limit 100) l`,
  silent: `
    select stage.id from stage left join lateral (
      select true as found from workflow_stage_actions a
      where a.workflow_stage_id = stage.id and a.action_type = stage.status limit 1) a on true
    where a.found is null`,
};

async function readDecisions({ client, options }: CheckContext) {
  const { extent, stages, silent } = options.orphans === 'trust-validated' ? latestDecisions : allDecisions;
  const { rows } = await client.query<{ read: string; missing: string; sampleIds: string[] }>(`
    with stage as (${stages}), silent as (${silent})
    select (select count(*) from stage) as read, (select count(*) from silent) as missing,
           array(select id from silent order by id limit 5) as "sampleIds"`);
  const { read = '0', missing = '0', sampleIds = [] } = rows[0] ?? {};
  const problems: CheckProblem[] =
    missing === '0'
      ? []
      : [
          {
            message: `${missing} decided stages have no action that says who decided them`,
            table: 'workflow_stages',
            count: Number(missing),
            sampleIds,
          },
        ];
  return {
    figures: {
      decidedStagesRead: Number(read),
      decidedStages: extent,
    },
    problems,
  };
}

async function rebuildProbeHistory(client: ClientBase): Promise<CheckProblem[]> {
  const version = { probe: newProbe(), number: 1 };
  const { prefix } = version.probe;
  await client.query(
    foundationSql(version.probe) +
      draftVersionSql(version) +
      activateVersionSql(version) +
      workflowSql(version),
  );
  const { rows } = await client.query<Record<string, unknown>>(approvalHistory.sql, [
    `${prefix}:workflow_instances`,
  ]);
  const expected = {
    action_type: 'APPROVED_WITH_PUNCHLIST',
    comment: 'One defect',
    stage_number: 1,
    role_code: 'FIRST',
    actor_email: `approver-${prefix}@probe.invalid`,
    version_number: 1,
    source_file_name: 'probe.xlsx',
    imported_by_id: `${prefix}:users`,
  };
  const [entry = {}] = rows;
  const lost = Object.entries(expected).filter(([name, value]) => entry[name] !== value);
  if (rows.length === 1 && lost.length === 0) return [];
  const missing = lost.map(([name]) => name).join(', ');
  return [
    {
      message: `a decision was rebuilt as ${rows.length} entries${missing === '' ? '' : `, without ${missing}`}`,
      table: 'workflow_stage_actions',
    },
  ];
}
