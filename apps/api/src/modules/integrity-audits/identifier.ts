import { Prisma } from '@apms/db';
import { escapeIdentifier } from 'pg';

/** A name of the catalog as SQL; it never comes from outside unchecked, and is quoted whatever it is. */
export function identifier(name: string): Prisma.Sql {
  return Prisma.raw(escapeIdentifier(name));
}
