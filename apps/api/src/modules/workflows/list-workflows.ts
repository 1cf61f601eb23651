import { Prisma } from '@apms/db';
import type { ListWorkflows, Produced, WorkflowSummary } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { listPage, type Page } from '../../list-page.ts';
import { workflowColumns, workflowTables } from './workflow-columns.ts';

/** @throws {AppError} CURSOR_INVALID */
export async function listWorkflows(
  { db }: WorkspaceContext,
  input: ListWorkflows,
): Promise<Page<Produced<typeof WorkflowSummary>>> {
  return await listPage(db, {
    select: workflowColumns,
    from: workflowTables,
    where: conditions(input),
    sort: { column: Prisma.sql`w.created_at`, type: 'timestamptz' },
    id: Prisma.sql`w.id`,
    direction: input.direction ?? 'desc',
    limit: input.limit,
    cursor: input.cursor,
  });
}

function conditions(input: ListWorkflows): Prisma.Sql[] {
  const { status, siteId, scopeCode, vendorCode, configVersionId, approverId, breached } = input;
  const where: Prisma.Sql[] = [];
  if (status !== undefined) where.push(Prisma.sql`w.status = ${status}`);
  if (siteId !== undefined) where.push(Prisma.sql`w.site_id = ${siteId}`);
  if (scopeCode !== undefined) where.push(Prisma.sql`sc.scope_code = ${scopeCode}`);
  if (vendorCode !== undefined) where.push(Prisma.sql`ve.vendor_code = ${vendorCode}`);
  if (configVersionId !== undefined) where.push(Prisma.sql`w.config_version_id = ${configVersionId}`);
  if (approverId !== undefined) where.push(hasStage(Prisma.sql`s.approver_id = ${approverId}`));
  if (breached !== undefined) {
    const isBreached = hasStage(Prisma.sql`s.sla_breached_at is not null`);
    where.push(breached ? isBreached : Prisma.sql`not ${isBreached}`);
  }
  return where;
}

function hasStage(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`exists (select from workflow_stages s where s.workflow_id = w.id and ${condition})`;
}
