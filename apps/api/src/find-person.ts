import type { Database } from '@apms/db';
import { MembershipRole, UserStatus } from '@apms/validators';
import { z } from 'zod';
import type { Credential } from './credential.ts';

const FoundPerson = z.object({
  userId: z.string(),
  email: z.string(),
  name: z.string(),
  status: UserStatus,
  credentialId: z.string(),
  expiresAt: z.date().nullable(),
  /** When an API key was last noted as used. */
  usedAt: z.date().nullable(),
  memberships: z.array(z.object({ workspaceId: z.string(), roles: z.array(MembershipRole) })),
});
export type FoundPerson = z.infer<typeof FoundPerson>;

/** The memberships of user `u` in active workspaces; of an API key made for one workspace, that one. */
const membershipsWhere = (isMeant: string) => `
  coalesce((
    select json_agg(json_build_object('workspaceId', of_one.workspace_id, 'roles', of_one.roles))
    from (
      select m.workspace_id, array_agg(m.role) as roles
      from workspace_memberships m join workspaces w on w.id = m.workspace_id and w.is_active
      where m.user_id = u.id and ${isMeant}
      group by m.workspace_id
    ) as of_one
  ), '[]') as memberships`;

const person = 'u.id as "userId", u.email, u.display_name as name, u.status';

const validSession = 'token = $1 and expires_at > $2';
const validKey = 'key = $1 and enabled and (expires_at is null or expires_at > $2)';

const statements = {
  session: {
    owner: `select user_id from sessions where ${validSession}`,
    find: `select ${person}, s.id as "credentialId", s.expires_at as "expiresAt", null as "usedAt",
                  ${membershipsWhere('true')}
           from sessions s join users u on u.id = s.user_id where ${validSession}`,
  },
  apiKey: {
    owner: `select reference_id from api_keys where ${validKey}`,
    find: `select ${person}, k.id as "credentialId", k.expires_at as "expiresAt", k.last_request as "usedAt",
                  ${membershipsWhere(`m.workspace_id::text
                    = coalesce(k.metadata::jsonb ->> 'workspaceId', m.workspace_id::text)`)}
           from api_keys k join users u on u.id = k.reference_id where ${validKey}`,
  },
} as const;

/**
 * Whose credential it is, with their memberships, in one round trip; null when it is not valid (any more). Whose it
 * is becomes the person for row-level security before their memberships are read.
 */
export async function findPerson(
  { pool }: Database,
  { kind, lookup }: Credential,
  now: Date,
): Promise<FoundPerson | null> {
  const table = kind === 'apiKey' ? 'apiKey' : 'session';
  const { owner, find } = statements[table];
  const values = [lookup, now];
  const client = await pool.connect();
  try {
    const [begun, became, found] = await Promise.allSettled([
      client.query('begin read only'),
      client.query({
        name: `apms_become_${table}`,
        text: `select set_config('role', 'apms_api', true), set_config('app.workspace_id', '', true),
                      set_config('app.user_id', coalesce((${owner}), ''), true)`,
        values,
      }),
      client.query({ name: `apms_find_${table}`, text: find, values }),
      client.query('commit'),
    ]);
    for (const step of [begun, became]) if (step.status === 'rejected') throw step.reason;
    if (found.status === 'rejected') throw found.reason;
    return FoundPerson.nullable().parse(found.value.rows[0] ?? null);
  } finally {
    client.release(client.getTransactionStatus() !== 'I');
  }
}
