/** Calls of the API that failed because the session had ended wait here for the person to sign in again. */
type Listener = () => void;

let answer: PromiseWithResolvers<boolean> | null = null;
const listeners = new Set<Listener>();

/** Asks the person to sign in again over whatever page they are on; all who ask meanwhile get the same answer. */
export function askToSignIn(): Promise<boolean> {
  if (answer === null) {
    answer = Promise.withResolvers<boolean>();
    tell();
  }
  return answer.promise;
}

/** Whether the session goes on: the calls are then sent again, or else fail. */
export function answerSignIn(isSignedIn: boolean): void {
  answer?.resolve(isSignedIn);
  answer = null;
  tell();
}

/** For `useSyncExternalStore`. */
export const signInAsked = {
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: (): boolean => answer !== null,
};

function tell(): void {
  for (const listener of listeners) listener();
}
