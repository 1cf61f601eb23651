import { Prisma, type SqlTransaction } from '@apms/db';
import { usualDefaults, type WorkspaceDefaults } from '@apms/workbook';

/** What the workspace decides where a workbook says nothing. */
export async function readDefaults(tx: SqlTransaction): Promise<WorkspaceDefaults> {
  const [settings] = await tx.query<WorkspaceDefaults[]>(Prisma.sql`
    select stage_sla_hours as "stageSlaHours", final_stage_sla_hours as "finalStageSlaHours",
           scope_categories as "scopeCategories"
    from workspace_settings`);
  return settings ?? usualDefaults;
}
