/** Why nothing came of a request to `/auth`, whatever it was about. */
export type SessionRefusal =
  /** Null when nobody knows how long to wait. */
  | { readonly kind: 'tooManyAttempts'; readonly waitSeconds: number | null }
  /** The page was opened under another address than the API knows as its own. */
  | { readonly kind: 'originRefused' }
  /** No answer of the API, or one that it cannot work just now. */
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'refused'; readonly httpStatus: number; readonly code: string | null };

export type SignInOutcome =
  | { readonly kind: 'signedIn' }
  /** Or there is no such account: not told apart. */
  | { readonly kind: 'wrongPassword' }
  | { readonly kind: 'accountNotActive' }
  | SessionRefusal;

export type PasswordChangeOutcome =
  | { readonly kind: 'changed' }
  | { readonly kind: 'wrongPassword' }
  /** It has 12 to 128 characters. */
  | { readonly kind: 'passwordTooShort' }
  | { readonly kind: 'passwordTooLong' }
  | { readonly kind: 'signedOut' }
  | SessionRefusal;

export type SessionOutcome =
  | { readonly kind: 'signedIn'; readonly expiresAt: string }
  | { readonly kind: 'signedOut' }
  | SessionRefusal;

/** By better-auth's code. */
const signInFailures = new Map<string, 'wrongPassword' | 'accountNotActive'>([
  ['INVALID_EMAIL_OR_PASSWORD', 'wrongPassword'],
  ['INVALID_EMAIL', 'wrongPassword'],
  ['ACCOUNT_NOT_ACTIVE', 'accountNotActive'],
]);
const passwordFailures = new Map<string, Exclude<PasswordChangeOutcome, SessionRefusal>['kind']>([
  ['INVALID_PASSWORD', 'wrongPassword'],
  ['PASSWORD_TOO_SHORT', 'passwordTooShort'],
  ['PASSWORD_TOO_LONG', 'passwordTooLong'],
  ['UNAUTHORIZED', 'signedOut'],
]);

/** Signs in with a cookie that no script can read. Where the API is: `url`, as for {@link createClient}. */
export async function signInWithCookie(
  url: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<SignInOutcome> {
  const answer = await send(url, 'sign-in/email', { email, password });
  if (answer === null) return { kind: 'unreachable' };
  if (answer.ok) return { kind: 'signedIn' };
  const kind = signInFailures.get(answer.code ?? '');
  return kind === undefined ? refusalOf(answer) : { kind };
}

/** Ends the session, in the browser and in the database; it is no failure when there is none. */
export async function signOut(url: string): Promise<{ readonly kind: 'signedOut' } | SessionRefusal> {
  const answer = await send(url, 'sign-out', {});
  if (answer === null) return { kind: 'unreachable' };
  return answer.ok ? { kind: 'signedOut' } : refusalOf(answer);
}

/** Has a link for a new password mailed; the answer is the same whether there is such an account or not. */
export async function requestPasswordReset(
  url: string,
  email: string,
): Promise<{ readonly kind: 'requested' } | { readonly kind: 'emailInvalid' } | SessionRefusal> {
  const answer = await send(url, 'request-password-reset', { email });
  if (answer === null) return { kind: 'unreachable' };
  if (answer.ok) return { kind: 'requested' };
  return answer.code === 'VALIDATION_ERROR' ? { kind: 'emailInvalid' } : refusalOf(answer);
}

/** Changes the password of whoever is signed in, and signs them out everywhere else. */
export async function changePassword(
  url: string,
  { currentPassword, newPassword }: { readonly currentPassword: string; readonly newPassword: string },
): Promise<PasswordChangeOutcome> {
  const body = { currentPassword, newPassword, revokeOtherSessions: true };
  const answer = await send(url, 'change-password', body);
  if (answer === null) return { kind: 'unreachable' };
  if (answer.ok) return { kind: 'changed' };
  const kind = passwordFailures.get(answer.code ?? '');
  return kind === undefined ? refusalOf(answer) : { kind };
}

/**
 * Looks whether the browser has a session, and prolongs it: a week from now, at most once a day. Ask when the console
 * opens and now and then; calls of procedures prolong no cookie.
 */
export async function keepSession(url: string): Promise<SessionOutcome> {
  const answer = await send(url, 'get-session');
  if (answer === null) return { kind: 'unreachable' };
  if (!answer.ok) return refusalOf(answer);
  const expiresAt = textAt(fieldOf(answer.body, 'session'), 'expiresAt');
  return expiresAt === null ? { kind: 'signedOut' } : { kind: 'signedIn', expiresAt };
}

interface Answer {
  readonly ok: boolean;
  readonly httpStatus: number;
  readonly code: string | null;
  readonly waitSeconds: number | null;
  readonly body: unknown;
}

/** Null when no API answered. */
async function send(url: string, path: string, body?: unknown): Promise<Answer | null> {
  const json = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  try {
    const response = await fetch(new URL(`auth/${path}`, url.endsWith('/') ? url : `${url}/`), {
      ...(body === undefined ? {} : json),
      credentials: 'include',
    });
    const answered: unknown = await response.json();
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
    return {
      ok: response.ok,
      httpStatus: response.status,
      // Most is answered by better-auth, what never reached it by the server around it.
      code:
        textAt(answered, 'code') ??
        textAt(fieldOf(fieldOf(fieldOf(answered, 'error'), 'data'), 'appError'), 'code'),
      waitSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
      body: answered,
    };
  } catch {
    return null;
  }
}

function refusalOf({ httpStatus, code, waitSeconds }: Answer): SessionRefusal {
  if (httpStatus === 429) return { kind: 'tooManyAttempts', waitSeconds };
  if (code === 'INVALID_ORIGIN' || code === 'MISSING_OR_NULL_ORIGIN') return { kind: 'originRefused' };
  if (code === 'DATABASE_UNAVAILABLE') return { kind: 'unreachable' };
  return { kind: 'refused', httpStatus, code };
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

function textAt(value: unknown, name: string): string | null {
  const field = fieldOf(value, name);
  return typeof field === 'string' ? field : null;
}
