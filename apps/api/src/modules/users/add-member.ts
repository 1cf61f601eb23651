import { newId, Prisma, type SqlTransaction } from '@apms/db';
import type { CreateUser, UserStatus } from '@apms/validators';

export interface AddedMember {
  readonly userId: string;
  readonly status: UserStatus;
  /** Whether the account was made just now. */
  readonly isNew: boolean;
}

/**
 * Makes the person of an e-mail address a member with these roles, beside those they have. Whoever has an account
 * keeps it as it is; simultaneous calls for one address share one account.
 */
export async function addMember(
  tx: SqlTransaction,
  workspaceId: string,
  { email, name, phone, roles }: CreateUser,
  now: Date,
): Promise<AddedMember> {
  const ownId = newId();
  // The insert waits for a simultaneous one of the same address; a statement sent after it sees that one's row.
  const inserting = tx.query(Prisma.sql`
    insert into users (id, email, display_name, phone, status, created_at, updated_at)
    values (${ownId}, ${email}, ${name}, ${phone}, 'PENDING', ${now}, ${now})
    on conflict (lower(email)) do nothing`);
  const granting = tx.query<[{ userId: string; status: UserStatus }]>(Prisma.sql`
    with person as (select id, status from users where lower(email) = ${email}),
    granted as (
      insert into workspace_memberships (id, workspace_id, user_id, role, created_at, updated_at)
      select given.id, ${workspaceId}::uuid, person.id, given.role, ${now}, ${now}
      from person, unnest(${roles.map(() => newId())}::text[], ${roles}::text[]) as given (id, role)
      on conflict (workspace_id, user_id, role) do nothing
    )
    select id as "userId", status from person`);
  const [, [person]] = await Promise.all([inserting, granting]);
  return { ...person, isNew: person.userId === ownId };
}
