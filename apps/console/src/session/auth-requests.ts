/** What came of an attempt to sign in. */
export type SignInResult =
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'not-active' }
  | { readonly kind: 'too-many'; readonly waitSeconds: number }
  | { readonly kind: 'unreachable' };

/** Signs in with a cookie, which no script can read. */
export async function signIn(email: string, password: string): Promise<SignInResult> {
  const response = await post('sign-in/email', { email, password });
  if (response === null || response.status >= 500) return { kind: 'unreachable' };
  if (response.ok) return { kind: 'signed-in' };
  if (response.status === 429) {
    return { kind: 'too-many', waitSeconds: Number(response.headers.get('retry-after') ?? 60) };
  }
  return { kind: response.status === 403 ? 'not-active' : 'refused' };
}

export async function signOut(): Promise<void> {
  await post('sign-out', {});
}

/** Whether there is such an account is not said. False when the server did not take it. */
export async function requestPasswordReset(email: string): Promise<boolean> {
  return (await post('request-password-reset', { email }))?.ok ?? false;
}

async function post(path: string, body: unknown): Promise<Response | null> {
  return await fetch(`/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
}
