import { Prisma, type SqlTransaction } from '@apms/db';
import type { Produced, Site } from '@apms/validators';
import { AppError } from '../../errors.ts';
import { siteColumns } from './site-columns.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function readSite(tx: SqlTransaction, siteId: string): Promise<Produced<typeof Site>> {
  const [site] = await tx.query<Produced<typeof Site>[]>(
    Prisma.sql`${siteColumns} from sites s where s.id = ${siteId}`,
  );
  if (site === undefined) throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'site', id: siteId });
  return site;
}
