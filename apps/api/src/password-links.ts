import { randomBytes } from 'node:crypto';
import { type Database, newId } from '@apms/db';
import { hashOfKey } from './credential.ts';
import type { Mailer } from './mailer.ts';

/** Somebody to write to. */
export interface Addressee {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
}

/** Links with which people set their own password. */
export interface PasswordLinks {
  /** A link for a first password, good once and for seven days; former links of the person are void. */
  createInvitation(userId: string): Promise<string>;
  /** Mails an invitation. Rejects when the mail could not be handed over. */
  invite(person: Addressee): Promise<void>;
}

export interface PasswordLinksOptions {
  readonly database: Database;
  readonly mailer: Mailer;
  /** Where the API is reached from outside: it serves the page for passwords. */
  readonly apiUrl: string;
}

const INVITATION_MS = 7 * 24 * 60 * 60 * 1000;

export function createPasswordLinks({ database, mailer, apiUrl }: PasswordLinksOptions): PasswordLinks {
  const { prisma } = database;

  async function createInvitation(userId: string): Promise<string> {
    const token = randomBytes(24).toString('base64url');
    // As better-auth keeps the links that it makes itself.
    const identifier = hashOfKey(`reset-password:${token}`);
    const expiresAt = new Date(Date.now() + INVITATION_MS);
    await prisma.$transaction([
      prisma.verification.deleteMany({ where: { value: userId } }),
      prisma.verification.create({ data: { id: newId(), identifier, value: userId, expiresAt } }),
    ]);
    return passwordLink(apiUrl, token);
  }

  return {
    createInvitation,
    invite: async ({ userId, email, name }) => {
      const link = await createInvitation(userId);
      await mailer.send({
        to: email,
        subject: 'Your account at APMS',
        text: `Hello ${name},\n\nan administrator made an account for you. Set your password here:\n\n${link}\n\nThe link is good once and for seven days.\n`,
      });
    },
  };
}

/** The page on which a password is set; the token is in the fragment, which no server and no log ever sees. */
export function passwordLink(apiUrl: string, token: string): string {
  return new URL(`/auth/password#token=${encodeURIComponent(token)}`, apiUrl).href;
}
