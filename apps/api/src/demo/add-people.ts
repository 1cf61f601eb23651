import { newId } from '@apms/db';
import { hashPassword } from 'better-auth/crypto';
import type { Person } from '../person.ts';
import type { DemoWorld } from './demo-caller.ts';
import { DEMO_PASSWORD, type DemoPerson } from './demo-people.ts';

/** Lets people log in and work in the workspace, those whom an import knows already among them. */
export async function addPeople<Name extends string>(
  { database: { prisma }, workspaceId }: DemoWorld,
  people: Readonly<Record<Name, DemoPerson>>,
): Promise<Record<Name, Person>> {
  const password = await hashPassword(DEMO_PASSWORD);
  const added: Partial<Record<Name, Person>> = {};
  for (const name of namesOf(people)) {
    const { email, name: displayName, roles } = people[name];
    const known = await prisma.user.findFirst({ where: { email } });
    const userId = known?.id ?? newId();
    await prisma.user.upsert({
      where: { id: userId },
      create: { id: userId, email, name: displayName, status: 'ACTIVE', emailVerified: true },
      update: { status: 'ACTIVE', emailVerified: true },
    });
    await prisma.account.create({
      data: { id: newId(), userId, accountId: userId, providerId: 'credential', password },
    });
    await prisma.workspaceMembership.createMany({
      data: roles.map((role) => ({ workspaceId, userId, role })),
    });
    const memberships = [{ workspaceId, roles }];
    added[name] = { userId, email, name: displayName, credential: 'session', memberships };
  }
  return whole(added, people);
}

function namesOf<Name extends string>(people: Readonly<Record<Name, DemoPerson>>): Name[] {
  const isName = (key: string): key is Name => Object.hasOwn(people, key);
  return Object.keys(people).filter(isName);
}

function whole<Name extends string>(
  added: Partial<Record<Name, Person>>,
  people: Readonly<Record<Name, DemoPerson>>,
): Record<Name, Person> {
  const isWhole = (value: Partial<Record<Name, Person>>): value is Record<Name, Person> =>
    namesOf(people).every((name) => value[name] !== undefined);
  if (!isWhole(added)) throw new Error('somebody was not added');
  return added;
}
