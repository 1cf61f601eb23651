import type { AppRouter } from '@apms/api';
import { TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable, type Unsubscribable } from '@trpc/server/observable';
import type { ApiError } from './app-error.ts';
import { isSignedOut, signInGate, type WhenSignedOut } from './when-signed-out.ts';

/**
 * Keeps calls and subscriptions that fail because nobody is signed in, and sends them again, as they were, after
 * somebody has; else they fail as they did.
 */
export function signInAgainLink(whenSignedOut: WhenSignedOut): TRPCLink<AppRouter> {
  const gate = signInGate(whenSignedOut);
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let isWanted = true;
        let times = 0;
        let sent: Unsubscribable | undefined;
        const passGate = async (signInsBefore: number, error: ApiError) => {
          const isPassing = await gate.pass(signInsBefore).catch(() => false);
          if (!isWanted) return;
          if (isPassing) send();
          else observer.error(error);
        };
        const send = () => {
          const signInsBefore = gate.signIns();
          sent = next(op).subscribe({
            next: (envelope) => {
              // A subscription may outlast many sessions.
              if (envelope.result.type !== 'state') times = 0;
              observer.next(envelope);
            },
            complete: () => observer.complete(),
            error: (error) => {
              if (!isSignedOut(error, times)) return observer.error(error);
              times += 1;
              void passGate(signInsBefore, error);
            },
          });
        };
        // Whoever waits for a sign-in gives up as whoever waits for an answer.
        const giveUp = () => {
          isWanted = false;
          observer.error(TRPCClientError.from(new DOMException('The call was given up', 'AbortError')));
        };
        op.signal?.addEventListener('abort', giveUp);
        send();
        return () => {
          isWanted = false;
          op.signal?.removeEventListener('abort', giveUp);
          sent?.unsubscribe();
        };
      });
}
