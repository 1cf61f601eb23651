import { type Database, newId } from '@apms/db';
import { hashPassword } from 'better-auth/crypto';
import type { TestPerson } from './insert-person.ts';

/** A session of a person, as a browser and as another program would send it. */
export interface Session {
  readonly cookie: Readonly<{ cookie: string }>;
  readonly bearer: Readonly<{ authorization: string }>;
}

/** What everybody's password is. */
export const PASSWORD = 'correct horse battery staple';

// scrypt takes its time: once for all people.
const passwordHash = hashPassword(PASSWORD);

/** Gives a person the password {@link PASSWORD}. */
export async function setPassword({ prisma }: Database, { userId }: TestPerson): Promise<void> {
  await prisma.account.upsert({
    where: { providerId_accountId: { providerId: 'credential', accountId: userId } },
    create: {
      id: newId(),
      userId,
      accountId: userId,
      providerId: 'credential',
      password: await passwordHash,
    },
    update: { password: await passwordHash },
  });
}

/** Signs in over HTTP. */
export async function signIn(url: string, database: Database, person: TestPerson): Promise<Session> {
  await setPassword(database, person);
  const response = await fetch(`${url}/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: person.email, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`signing in failed: ${response.status} ${await response.text()}`);
  const cookie = response.headers.getSetCookie().map((header) => header.split(';')[0]);
  const token = response.headers.get('set-auth-token') ?? '';
  return { cookie: { cookie: cookie.join('; ') }, bearer: { authorization: `Bearer ${token}` } };
}
