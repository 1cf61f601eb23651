import { bind } from './bind.ts';
import type { Check, Extent } from './check.ts';
import { approvalHistory } from './hot-queries.ts';
import { masterTables } from './master-tables.ts';
import { faultySql, outcomeSql, problemsOf } from './outcome-sql.ts';
import { activateVersionSql, draftVersionSql } from './probe/config-version.ts';
import { foundationSql } from './probe/foundation.ts';
import { probe } from './probe/probe.ts';
import { workflowSql } from './probe/workflow.ts';

const version = { probe, number: 1 };

/** Where every configuration came from and who decided what can be told from the rows alone. */
export const i3AuditTrail: Check = {
  code: 'I3',
  title: 'Audit trail',
  needs: masterTables,
  sql: (extent) => `
  select set_config('validation.trail', (${trailSql(extent)})::text, true);
  ${foundationSql(probe)} ${draftVersionSql(version)} ${activateVersionSql(version)} ${workflowSql(version)}
  ${outcomeSql(
    {
      importsRead: "trail -> 'imports'",
      decidedStagesRead: "trail -> 'decisions'",
      decidedStages: `'${decisionsOf[extent].words}'`,
    },
    ["(trail -> 'problems')", problemsOf(lostHistory)],
    { from: "(select current_setting('validation.trail')::jsonb as trail) before" },
  )}`,
};

const decided = "s.status in ('APPROVED', 'APPROVED_WITH_PUNCHLIST', 'REJECTED')";

interface Decisions {
  readonly words: string;
  readonly stages: string;
  /** The ids of the stages whose decision nobody is known to have made. */
  readonly silent: string;
}

const allDecisions: Decisions = {
  words: 'all',
  stages: `select s.id, s.status from workflow_stages s where ${decided}`,
  silent: `
    select id from stage where not exists (
      select from workflow_stage_actions a where a.workflow_stage_id = stage.id and a.action_type = stage.status)`,
};

/** While locks are held, the latest hundred of each workspace speak for the rest, found by index alone. */
const latestDecisions: Decisions = {
  words: 'the latest of each workspace',
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

const decisionsOf = { all: allDecisions, latest: latestDecisions } satisfies Record<Extent, Decisions>;

function trailSql(extent: Extent): string {
  const { stages, silent } = decisionsOf[extent];
  return `
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
  ), stage as materialized (${stages}
  ), silent as materialized (${silent}
  )
  select jsonb_build_object(
    'imports', (select count(*) from config_versions),
    'decisions', (select count(*) from stage),
    'problems', ${problemsOf(faultySql('config versions', 'config_versions'))} || ${problemsOf(`
      select count(*) || ' decided stages have no action that says who decided them' as message,
             'workflow_stages' as "table", count(*) as count, (array_agg(id order by id))[1:5] as "sampleIds"
      from silent having count(*) > 0`)})`;
}

/** The probe's one decision as it has to come out of the log. */
const expected = {
  action_type: 'APPROVED_WITH_PUNCHLIST',
  comment: 'One defect',
  stage_number: 1,
  role_code: 'FIRST',
  actor_email: `approver-${probe.prefix}@probe.invalid`,
  version_number: 1,
  source_file_name: 'probe.xlsx',
  imported_by_id: `${probe.prefix}:users`,
};

const lostHistory = `
  select format('a decision was rebuilt as %s entries%s', count(*), ', without ' || string_agg(lost, ', ')) as message,
         'workflow_stage_actions' as "table"
  from (${bind(approvalHistory.sql, [`${probe.prefix}:workflow_instances`])}) entry
  cross join lateral (
    select string_agg(name, ', ' order by position) as lost
    from json_each('${JSON.stringify(expected)}') with ordinality e(name, value, position)
    where to_jsonb(entry) -> name is distinct from value::jsonb) l
  having count(*) <> 1 or count(lost) > 0`;
