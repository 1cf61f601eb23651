import { z } from 'zod';
import type { Credential } from './credential.ts';

export interface SignIn {
  readonly url: string;
  readonly email: string;
  readonly password: string;
}

/** The API did not accept the e-mail address and password, or not now. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  readonly httpStatus: number;

  constructor(message: string, httpStatus: number) {
    super(message);
    this.httpStatus = httpStatus;
  }
}

const Refusal = z.object({ message: z.string() });

/** The longest wait that an API asks for and a program bears. */
const LONGEST_WAIT_SECONDS = 30;

/**
 * A session of a person, for programs that act in their name. In a browser sign in with a cookie instead; a machine
 * has an API key. When too many sign in from one address at once, it waits for its turn.
 * @throws {SignInError}
 */
export async function signIn({ url, email, password }: SignIn): Promise<Credential> {
  const response = await fetch(new URL('/auth/sign-in/email', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const token = response.headers.get('set-auth-token');
  if (response.ok && token !== null) return { kind: 'session', token };
  const waitSeconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  if (response.status === 429 && waitSeconds <= LONGEST_WAIT_SECONDS) {
    await new Promise((resolve) => setTimeout(resolve, waitSeconds * 1_000));
    return await signIn({ url, email, password });
  }
  const refusal = Refusal.safeParse(await response.json().catch(() => null));
  throw new SignInError(refusal.data?.message ?? response.statusText, response.status);
}
