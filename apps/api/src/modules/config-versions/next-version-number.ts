import { Prisma } from '@apms/db';

/** The number of a source's next version; only whoever holds the source's lock may use it. */
export function nextVersionNumber(sourceType: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    (select coalesce(max(numbered.version_number), 0) + 1 from config_versions numbered
     where numbered.source_type = ${sourceType})`;
}
