import { Prisma, type SqlTransaction } from '@apms/db';
import type { AssignmentMode, RoutingRequest, UserStatus } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import type { OverrideInForce } from './choose-override.ts';
import { overridesInForce } from './overrides-in-force.ts';
import type { PolicyKey } from './resolve-policy.ts';

/** A stage of a policy, as its version holds it. */
export interface PolicyStage {
  readonly policyId: string;
  readonly roleId: string;
  readonly roleCode: string;
  readonly roleName: string;
  readonly stageNumber: number;
  readonly sequenceOrder: number;
  readonly parallelGroup: number | null;
  readonly isRequired: boolean;
  readonly slaHours: number;
  readonly assignmentMode: AssignmentMode;
  readonly staticUserId: string | null;
  readonly assignmentRule: unknown;
}

/** All that routing decides by, as the ACTIVE version and the present moment have it. */
export interface RoutingFacts {
  readonly version: { readonly id: string; readonly versionNumber: number } | null;
  readonly site: {
    readonly id: string;
    readonly siteCode: string;
    readonly name: string;
    readonly region: string | null;
    readonly clusterCode: string | null;
  } | null;
  readonly scopeId: string | null;
  readonly vendorId: string | null;
  /** Of the site's cluster in the version, when it is there. */
  readonly clusterRegion: string | null;
  readonly policies: readonly (PolicyKey & { readonly policyCode: string; readonly policyName: string })[];
  readonly stages: readonly PolicyStage[];
  readonly roster: readonly { readonly roleId: string; readonly userId: string; readonly rank: number }[];
  /** The least loaded first. */
  readonly holders: readonly { readonly roleId: string; readonly userId: string; readonly load: number }[];
  readonly overrides: readonly OverrideInForce[];
  readonly people: readonly { readonly id: string; readonly name: string; readonly status: UserStatus }[];
}

/** What is routed; the submission is what an override may name. */
export interface RoutingQuestion extends RoutingRequest {
  readonly submissionId: string | null;
}

/** How many of a seat's holders are weighed; more than the stages of any chain that could each take one. */
const HOLDERS_WEIGHED = 16;

/**
 * Reads everything that routing needs in one statement. Who could be asked automatically is everybody in the seat in
 * any cluster of the version; a seat that is in no roster at all falls to the approvers of the workspace. Equal loads
 * are told apart by the site, so that work spreads and the same question gets the same answer.
 */
export async function readRouting(
  db: Pick<SqlTransaction, 'query'>,
  { now }: Pick<WorkspaceContext, 'now'>,
  { siteId, scopeCode, vendorCode, atpCategory, submissionId }: RoutingQuestion,
): Promise<RoutingFacts> {
  const [facts] = await db.query<[RoutingFacts]>(Prisma.sql`
    with version as materialized (
      select id, version_number as "versionNumber"
      from config_versions where source_type = 'APPROVAL_MATRIX' and status = 'ACTIVE'
    ), site as materialized (
      select id, site_code as "siteCode", name, region, cluster_code as "clusterCode" from sites where id = ${siteId}
    ), scope as materialized (
      select s.id from version v
      join atp_scope_master s on s.config_version_id = v.id and s.scope_code = ${scopeCode}
    ), cluster as materialized (
      select c.id, c.region from version v cross join scope cross join site
      join cluster_master c on c.config_version_id = v.id and c.scope_id = scope.id
        and c.cluster_code = site."clusterCode"
    ), place as materialized (
      select "clusterCode", coalesce((select region from cluster), region) as region from site
    ), policy as materialized (
      select p.id, p.policy_code as "policyCode", p.policy_name as "policyName", vendor.vendor_code as "vendorCode",
             p.atp_category as "atpCategory", p.fallback_priority as "fallbackPriority"
      from version v cross join scope
      join approval_policy_master p on p.config_version_id = v.id and p.scope_id = scope.id and p.is_active
      left join vendor_master vendor on vendor.id = p.vendor_id and vendor.workspace_id = p.workspace_id
      where (p.vendor_id is null or vendor.vendor_code = ${vendorCode})
        and (p.atp_category = ${atpCategory} or (p.vendor_id is null and p.atp_category = 'BOTH'))
    ), stage as materialized (
      select ps.policy_id as "policyId", ps.role_id as "roleId", r.role_code as "roleCode", r.role_name as "roleName",
             ps.stage_number as "stageNumber", ps.sequence_order as "sequenceOrder",
             ps.parallel_group as "parallelGroup", ps.is_required as "isRequired", ps.sla_hours as "slaHours",
             ps.assignment_mode as "assignmentMode", ps.static_user_id as "staticUserId",
             ps.assignment_rule as "assignmentRule"
      from policy
      join approval_policy_stages ps on ps.policy_id = policy.id
      join approval_role_master r on r.id = ps.role_id and r.workspace_id = ps.workspace_id
    ), roster as materialized (
      select a.role_id as "roleId", a.user_id as "userId", a.rank
      from cluster join cluster_approver_master a on a.cluster_id = cluster.id and ${isEffective(now)}
      where a.role_id in (select "roleId" from stage where "assignmentMode" = 'CLUSTER')
    ), auto_seat as materialized (
      select distinct "roleId" from stage where "assignmentMode" = 'AUTO'
    ), holder as materialized (
      select a.role_id, a.user_id
      from auto_seat join cluster_approver_master a on a.role_id = auto_seat."roleId" and ${isEffective(now)}
      union
      select auto_seat."roleId", m.user_id
      from auto_seat join workspace_memberships m on m.role = 'APPROVER'
      where not exists (select from cluster_approver_master a where a.role_id = auto_seat."roleId")
    ), load as materialized (
      select u.id, u.status, pending.stages, md5(site.id || u.id) as turn
      from users u cross join site cross join lateral (
        select count(*)::int as stages from workflow_stages s where s.approver_id = u.id and s.status = 'PENDING'
      ) pending
      where u.id in (select user_id from holder) and u.status in ('ACTIVE', 'PENDING')
    ), weighed as materialized (
      select h.role_id as "roleId", h.user_id as "userId", load.stages as load,
             row_number() over (partition by h.role_id order by load.status, load.stages, load.turn) as place
      from holder h join load on load.id = h.user_id
    ), override as materialized (
      ${overridesInForce(
        now,
        Prisma.sql`
        (o.override_type = 'CLUSTER' and o.cluster_code = (select "clusterCode" from place))
        or (o.override_type = 'REGION' and o.region = (select region from place))
        or (o.override_type = 'SUBMISSION' and o.submission_id = ${submissionId}::text)`,
      )}
    ), person as (
      select u.id, u.display_name as name, u.status from users u where u.id in (
        select "userId" from roster
        union all select "userId" from weighed where place <= ${HOLDERS_WEIGHED}
        union all select "staticUserId" from stage
        union all select jsonb_path_query("assignmentRule", '$.** ? (@.type() == "string")') #>> '{}' from stage
                  where "assignmentMode" = 'RULE'
        union all select "toUserId" from override
      )
    )
    select (select to_jsonb(v) from version v) as version, (select to_jsonb(s) from site s) as site,
           (select id from scope) as "scopeId",
           (select d.id from version v join vendor_master d on d.config_version_id = v.id
            where d.vendor_code = ${vendorCode}) as "vendorId",
           (select region from cluster) as "clusterRegion",
           coalesce((select jsonb_agg(p) from policy p), '[]') as policies,
           coalesce((select jsonb_agg(s) from stage s), '[]') as stages,
           coalesce((select jsonb_agg(r) from roster r), '[]') as roster,
           coalesce((select jsonb_agg(w order by w.place) from weighed w where w.place <= ${HOLDERS_WEIGHED}), '[]')
             as holders,
           coalesce((select jsonb_agg(o) from override o), '[]') as overrides,
           coalesce((select jsonb_agg(p) from person p), '[]') as people`);
  return facts;
}

/** Whether a row `a` of a roster is in effect on the day, in UTC. */
function isEffective(now: Date): Prisma.Sql {
  const day = now.toISOString().slice(0, 10);
  return Prisma.sql`
    coalesce(a.effective_from <= ${day}::date, true) and coalesce(a.effective_to >= ${day}::date, true)`;
}
