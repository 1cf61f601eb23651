import { isAppError } from './app-error.ts';

/**
 * Has somebody sign in anew, and resolves with whether they did. It is called once for all calls that fail together,
 * those of other clients with the same function too.
 */
export type WhenSignedOut = () => Promise<boolean>;

/** Where calls wait that were refused because nobody is signed in. */
export interface SignInGate {
  /** How often somebody has signed in so far; a call remembers it when it is sent. */
  signIns(): number;
  /** Whether to send a refused call again. One that was sent before the latest sign-in need not ask for another. */
  pass(signInsBefore: number): Promise<boolean>;
}

/** How often in a row a call is sent again: a browser may keep no cookie, and then signing in changes nothing. */
const MOST_TIMES = 3;

const gates = new WeakMap<WhenSignedOut, SignInGate>();

/** The gate of this function, the same for all who have it. */
export function signInGate(whenSignedOut: WhenSignedOut): SignInGate {
  const known = gates.get(whenSignedOut);
  if (known !== undefined) return known;
  let signIns = 0;
  let asking: Promise<boolean> | null = null;
  const ask = async () => {
    try {
      const isSignedIn = await whenSignedOut();
      if (isSignedIn) signIns += 1;
      return isSignedIn;
    } finally {
      asking = null;
    }
  };
  const gate: SignInGate = {
    signIns: () => signIns,
    pass: async (signInsBefore) => {
      if (signInsBefore < signIns) return true;
      asking ??= ask();
      return await asking;
    },
  };
  gates.set(whenSignedOut, gate);
  return gate;
}

/** Whether a call that failed so, after `times` others in a row, waits at the gate. */
export function isSignedOut(error: unknown, times: number): boolean {
  return isAppError(error, 'UNAUTHENTICATED') && times < MOST_TIMES;
}
