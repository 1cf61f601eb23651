import { Prisma } from '@apms/db';
import type { Me, Produced } from '@apms/validators';
import type { PersonContext } from '../../context.ts';
import { permissionsOf } from '../../permissions.ts';
import { listOwnWorkspaces } from '../workspaces/list-own-workspaces.ts';

/** The caller, with what they may do in each of their workspaces. */
export async function getMe(ctx: PersonContext): Promise<Produced<typeof Me>> {
  const { person, database } = ctx;
  const { userId: id, email } = person;
  const [[account], workspaces] = await Promise.all([
    database.asPerson<{ name: string; phone: string | null }[]>(
      id,
      Prisma.sql`select display_name as name, phone from users where id = ${id}`,
    ),
    listOwnWorkspaces(ctx),
  ]);
  return {
    id,
    email,
    name: account?.name ?? person.name,
    phone: account?.phone ?? null,
    workspaces: workspaces.map((workspace) => ({
      ...workspace,
      permissions: permissionsOf(workspace.roles),
    })),
  };
}
