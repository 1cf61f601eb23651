let answer: PromiseWithResolvers<boolean> | null = null;
const listeners = new Set<() => void>();

/**
 * For the clients of the API: asks the person to sign in again over whatever page they are on. Resolves with whether
 * they did; what failed is then sent again.
 */
export function askToSignIn(): Promise<boolean> {
  answer ??= Promise.withResolvers<boolean>();
  tell();
  return answer.promise;
}

/** Whether the session goes on. */
export function answerSignIn(isSignedIn: boolean): void {
  answer?.resolve(isSignedIn);
  answer = null;
  tell();
}

/** Whether somebody is asked now, for `useSyncExternalStore`. */
export const signInAsked = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: (): boolean => answer !== null,
};

function tell(): void {
  for (const listener of listeners) listener();
}
