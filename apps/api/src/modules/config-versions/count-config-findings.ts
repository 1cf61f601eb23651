import { Prisma } from '@apms/db';
import type { ConfigFindingCounts, ConfigVersionRef, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { allFindings } from './all-findings.ts';

/** What kinds of findings a version has, and how many of each. @throws {AppError} ENTITY_NOT_FOUND */
export async function countConfigFindings(
  { db }: WorkspaceContext,
  { configVersionId }: ConfigVersionRef,
): Promise<Produced<typeof ConfigFindingCounts>> {
  const [found] = await db.query<Produced<typeof ConfigFindingCounts>[]>(Prisma.sql`
    select array(
      select jsonb_build_object('severity', f.finding ->> 'severity', 'code', f.finding ->> 'code',
                                'sheet', f.finding ->> 'sheet', 'count', count(*))
      from jsonb_array_elements(${allFindings}) f(finding)
      group by f.finding ->> 'severity', f.finding ->> 'code', f.finding ->> 'sheet'
      order by f.finding ->> 'severity', f.finding ->> 'code', f.finding ->> 'sheet'
    ) as groups
    from config_versions v where v.id = ${configVersionId}`);
  if (found === undefined) {
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'configVersion', id: configVersionId });
  }
  return found;
}
