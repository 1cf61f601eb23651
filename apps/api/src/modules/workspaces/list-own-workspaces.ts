import { Prisma } from '@apms/db';
import type { OwnWorkspace, Produced } from '@apms/validators';
import type { PersonContext } from '../../context.ts';

/** The active workspaces of the caller, by code; with an API key only those that the key is for. */
export async function listOwnWorkspaces({
  person,
  database,
}: PersonContext): Promise<Produced<typeof OwnWorkspace>[]> {
  const rolesIn = new Map(person.memberships.map(({ workspaceId, roles }) => [workspaceId, roles]));
  const workspaces = await database.asPerson<{ id: string; code: string; name: string }[]>(
    person.userId,
    Prisma.sql`
      select w.id, w.code, w.name from workspaces w
      where w.id = any(${[...rolesIn.keys()]}::uuid[]) order by w.code`,
  );
  return workspaces.map((workspace) => ({ ...workspace, roles: [...(rolesIn.get(workspace.id) ?? [])] }));
}
