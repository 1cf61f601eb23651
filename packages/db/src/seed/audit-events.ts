import { activatedAt } from './activation.ts';
import { expressionsOf } from './expressions.ts';
import type { SeedPlan, SeedStatement } from './seed-plan.ts';

/** An audit event for each import, activation, start of a workflow and override. */
export function auditEvents(plan: SeedPlan): SeedStatement[] {
  const { id } = expressionsOf(plan);
  const columns =
    'insert into audit_events (id, workspace_id, actor_id, action, entity_type, entity_id, request_id, details, created_at)';
  const event = (action: string, entity: string, at: string) => id(`event ${action}`, entity, at);
  const version = (action: string, at: string, where: string) => `
    select ${event(action, 'v.id', at)}, v.workspace_id, u.id, 'configVersions.${action}', 'config_version', v.id,
      ${id(`request ${action}`, 'v.id', at)}, jsonb_build_object('versionNumber', v.version_number), ${at}
    from seed_version v join seed_user u on u.workspace_no = v.workspace_no and u.user_no = 1 ${where}`;
  return [
    {
      table: 'audit_events',
      sql: `${columns}
        ${version('import', 'v.imported_at', '')}
        union all ${version('activate', activatedAt(plan, 1), 'where v.version_number = 1')}
        union all ${version('activate', activatedAt(plan, 2), 'where v.version_number = 2')}`,
    },
    {
      table: 'audit_events',
      sql: `${columns}
        select ${event('start', 'w.id', 'w.started_at')}, w.workspace_id, u.id, 'workflows.start', 'workflow', w.id,
          ${id('request start', 'w.id', 'w.started_at')}, jsonb_build_object('scopeCode', scope_code), w.started_at
        from seed_workflow w
        join seed_user u on u.workspace_no = w.workspace_no and u.user_no = 6 + w.n % 10
        order by w.n`,
    },
    {
      table: 'audit_events',
      sql: `${columns}
        select ${event('override', 'o.id', 'o.created_at')}, o.workspace_id, o.requested_by_id, 'overrides.request', 'override', o.id,
          ${id('request override', 'o.id', 'o.created_at')}, jsonb_build_object('type', override_type), o.created_at
        from approver_overrides o where o.workspace_id in (select id from seed_workspace)`,
    },
  ];
}
