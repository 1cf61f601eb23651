import { Prisma } from '@apms/db';

/** Which column each field of a profile is. */
export const profileColumns = { name: Prisma.sql`display_name`, phone: Prisma.sql`phone` };
