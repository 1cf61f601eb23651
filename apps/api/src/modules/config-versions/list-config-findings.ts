import { Prisma } from '@apms/db';
import type { ConfigFinding, ListConfigFindings, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import type { Page } from '../../list-page.ts';
import { allFindings } from './all-findings.ts';

/** @throws {AppError} ENTITY_NOT_FOUND, CURSOR_INVALID */
export async function listConfigFindings(
  { db }: WorkspaceContext,
  { configVersionId, severity, sheet, code, limit, cursor }: ListConfigFindings,
): Promise<Page<Produced<typeof ConfigFinding>>> {
  const where = [Prisma.sql`f.position > ${readPosition(cursor)}`];
  if (severity !== undefined) where.push(Prisma.sql`f.finding ->> 'severity' = ${severity}`);
  if (sheet !== undefined) where.push(Prisma.sql`f.finding ->> 'sheet' = ${sheet}`);
  if (code !== undefined) where.push(Prisma.sql`f.finding ->> 'code' = ${code}`);
  const [found] = await db.query<{ page: Positioned[] }[]>(Prisma.sql`
    select array(
      select jsonb_build_object('position', f.position, 'finding', f.finding)
      from jsonb_array_elements(${allFindings}) with ordinality f(finding, position)
      where ${Prisma.join(where, ' and ')}
      order by f.position
      limit ${limit + 1}
    ) as page
    from config_versions v where v.id = ${configVersionId}`);
  if (found === undefined) {
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'configVersion', id: configVersionId });
  }
  const page = found.page.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = found.page.length > limit && last !== undefined ? String(last.position) : null;
  return { items: page.map(({ finding }) => finding), nextCursor };
}

interface Positioned {
  readonly position: number;
  readonly finding: Produced<typeof ConfigFinding>;
}

/** The cursor is the position of the last finding that was read, counted from 1. */
function readPosition(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,9}$/.test(cursor)) throw new AppError({ code: 'CURSOR_INVALID' });
  return Number(cursor);
}
