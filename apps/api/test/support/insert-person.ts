import { type Database, newId } from '@apms/db';
import type { MembershipRole } from '@apms/validators';
import { newApiKey } from '../../src/modules/api-keys/new-api-key.ts';

/** Somebody who can call the API. */
export interface TestPerson {
  readonly userId: string;
  readonly email: string;
  /** Headers that make a request theirs. */
  readonly credentials: Readonly<Record<string, string>>;
}

/** An active account with these roles and an API key, in one statement; without a password, which takes long. */
export async function insertPerson(
  { pool }: Database,
  workspaceId: string,
  roles: readonly MembershipRole[],
): Promise<TestPerson> {
  const userId = newId();
  const email = `${userId}@people.example`;
  const { key, hash, start } = newApiKey();
  await pool.query(
    `with person as (
       insert into users (id, email, display_name, status) values ($1, $2, $3, 'ACTIVE') returning id
     ), api_key as (
       insert into api_keys (id, reference_id, key, start, rate_limit_enabled)
       select $4, id, $5, $6, false from person
     )
     insert into workspace_memberships (id, workspace_id, user_id, role)
     select $1 || '-' || role, $7::uuid, person.id, role from person, unnest($8::text[]) as role`,
    [userId, email, roles.join(' '), newId(), hash, start, workspaceId, roles],
  );
  return { userId, email, credentials: { 'x-api-key': key } };
}
