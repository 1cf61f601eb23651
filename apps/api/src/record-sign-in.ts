import { type Database, Prisma } from '@apms/db';
import { recordAuditEvent } from './audit.ts';
import type { SignInAttempt } from './sign-in-guard.ts';

/** An attempt to sign in that was judged. */
export interface JudgedSignIn extends SignInAttempt {
  /** Null when it succeeded, else better-auth's code for why not. */
  readonly failure: string | null;
  readonly requestId: string;
}

/**
 * Appends an event of no workspace for an attempt to sign in. An address that no account has is not kept: people type
 * passwords into the wrong field.
 */
export async function recordSignIn(
  database: Pick<Database, 'asSystem'>,
  { email, address, failure, requestId }: JudgedSignIn,
): Promise<void> {
  await database.asSystem(async (tx) => {
    const [user] = await tx.query<{ id: string }[]>(
      Prisma.sql`select id from users where lower(email) = ${email}`,
    );
    const scope = { workspaceId: '', userId: failure === null ? (user?.id ?? '') : '' };
    await recordAuditEvent(
      tx,
      { db: { scope }, now: new Date(), requestId },
      {
        action: failure === null ? 'auth.signIn' : 'auth.signInFailed',
        entityType: 'user',
        entityId: user?.id ?? 'unknown',
        details: failure === null ? { address } : { address, failure },
      },
    );
  });
}
