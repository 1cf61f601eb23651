import { Prisma, type SqlTransaction } from '@apms/db';
import type { WorkspaceContext } from '../../context.ts';
import { rowChecks } from './row-checks.ts';
import { withoutNestedLoops } from './without-nested-loops.ts';

/**
 * Finds anew what the rows of a DRAFT lack and sets its validation status by it; what the import found in the workbook
 * stays as it is. To be called in the transaction of every edit, after it.
 */
export async function revalidate(
  tx: SqlTransaction,
  { now }: Pick<WorkspaceContext, 'now'>,
  configVersionId: string,
): Promise<void> {
  const update = Prisma.sql`
    update config_versions v
    set validation_result = jsonb_build_object(
          'findings', coalesce(v.validation_result -> 'findings', '[]'), 'rowFindings', found.list),
        validation_status = case
          when found.has_errors or v.validation_result @> '{"findings": [{"severity": "ERROR"}]}' then 'INVALID'
          when found.has_warnings or v.validation_result @> '{"findings": [{"severity": "WARNING"}]}' then 'WARNINGS'
          else 'VALID'
        end,
        updated_at = ${now}
    from (
      select coalesce(jsonb_agg(
               jsonb_build_object('severity', severity, 'code', code, 'sheet', null, 'row', null, 'column', null,
                                  'value', value, 'reason', reason)
               order by severity, code, value, reason), '[]') as list,
             coalesce(bool_or(severity = 'ERROR'), false) as has_errors,
             coalesce(bool_or(severity = 'WARNING'), false) as has_warnings
      from (${rowChecks(configVersionId)}) check_result
    ) found
    where v.id = ${configVersionId}`;
  await withoutNestedLoops(tx, update);
}
