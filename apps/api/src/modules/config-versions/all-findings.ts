import { Prisma } from '@apms/db';

/** The findings of the version `v` in one JSON array: its workbook's in their order, then those of its rows. */
export const allFindings = Prisma.sql`(
  coalesce(v.validation_result -> 'findings', '[]') || coalesce(v.validation_result -> 'rowFindings', '[]')
)`;
