import { newId, Prisma, type SqlTransaction } from '@apms/db';
import type { PersonRow } from '@apms/validators';

/**
 * Makes sure that everybody is a user and gives the ids by e-mail address. Somebody new becomes PENDING; somebody who is
 * known stays as they are, whatever the file says of them: people belong to all workspaces, and a file only to one.
 */
export async function ensurePeople(
  tx: SqlTransaction,
  people: readonly PersonRow[],
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  const unknown = people.map(({ email, name, phone }) => ({ id: newId(), email, name, phone }));
  const [, known] = await Promise.all([
    // In one order for all imports: simultaneous ones that bring the same people wait, and never for each other.
    tx.query(Prisma.sql`
      insert into users (id, email, display_name, phone, status, created_at, updated_at)
      select p.id, p.email, p.name, p.phone, 'PENDING', ${now}, ${now}
      from json_to_recordset(${JSON.stringify(unknown)}::json) p(id text, email text, name text, phone text)
      order by lower(p.email)
      on conflict (lower(email)) do nothing`),
    tx.query<{ email: string; id: string }[]>(Prisma.sql`
      select p.email, u.id
      from unnest(${people.map(({ email }) => email)}::text[]) p(email) join users u on lower(u.email) = lower(p.email)`),
  ]);
  return new Map(known.map(({ email, id }) => [email, id]));
}
