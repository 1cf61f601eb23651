import { Prisma } from '@apms/db';
import type { WorkspaceContext } from '../../context.ts';

/** Stages with what they are about: `s` the stage, `w` its workflow, `r` its seat, `sc` its scope, `si` its site. */
export const inboxTables = Prisma.sql`
  from workflow_stages s
  join workflow_instances w on w.id = s.workflow_id and w.workspace_id = s.workspace_id
  join approval_role_master r on r.id = s.role_id and r.workspace_id = s.workspace_id
  join atp_scope_master sc on sc.id = w.scope_id and sc.workspace_id = w.workspace_id
  join sites si on si.id = w.site_id and si.workspace_id = w.workspace_id`;

/** Conditions that hold for what awaits the caller. */
export function awaitingCaller({ db, actor }: Pick<WorkspaceContext, 'db' | 'actor'>): Prisma.Sql[] {
  return [
    Prisma.sql`s.workspace_id = ${db.scope.workspaceId}::uuid`,
    Prisma.sql`s.approver_id = ${actor.userId}`,
    Prisma.sql`s.status = 'PENDING'`,
    // On hold the clock stands still, and nothing can be decided.
    Prisma.sql`s.sla_due_at is not null`,
  ];
}
