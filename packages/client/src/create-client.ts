import type { AppRouter } from '@apms/api';
import {
  createTRPCClient,
  type getFetch,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  type Operation,
  retryLink,
  splitLink,
  type TRPCClient,
  type TRPCLink,
} from '@trpc/client';
import { EventSource } from '#event-source';
import { type Credential, headersOf } from './credential.ts';
import { isRetryable, retryDelayMs } from './retry.ts';
import { signInAgainLink } from './sign-in-again-link.ts';
import type { WhenSignedOut } from './when-signed-out.ts';

export interface ClientOptions {
  /** Where the API is, `https://apms.example`. */
  readonly url: string;
  readonly credential: Credential;
  /** The workspace of every call; needed for all but `users.me` and its like. */
  readonly workspaceId?: string;
  /** How often a call is sent at most, 4 when absent; subscriptions reconnect for as long as they are wanted. */
  readonly attempts?: number;
  /**
   * Told when a call or a subscription fails because nobody is signed in: once it resolves with true, what failed is
   * sent again, mutations under the same idempotency key; with false, or when it is absent, it fails.
   */
  readonly whenSignedOut?: WhenSignedOut;
}

/** Every procedure of the API, with its input, output and errors typed. */
export type ApmsClient = TRPCClient<AppRouter>;

/** Where the context of a call has its key. */
const IDEMPOTENCY_KEY = 'idempotencyKey';

/**
 * A client of the API. Queries asked for together travel together; a mutation carries an idempotency key, so that it
 * is safe to send it again when no answer came: it happens once. Give `context: { idempotencyKey }` with a call to
 * choose the key, for one that outlives the process.
 */
export function createClient(options: ClientOptions): ApmsClient {
  const { credential, workspaceId, attempts = 4, whenSignedOut } = options;
  const url = new URL('trpc', options.url.endsWith('/') ? options.url : `${options.url}/`).href;
  const headers = headersOf(credential, workspaceId);
  const fetching: ReturnType<typeof getFetch> = (input, init) =>
    fetch(input, {
      ...init,
      signal: init?.signal ?? null,
      credentials: credential.kind === 'cookie' ? 'include' : 'omit',
    });
  const http = { url, fetch: fetching };
  return createTRPCClient<AppRouter>({
    links: [
      withIdempotencyKey(workspaceId !== undefined),
      ...(whenSignedOut === undefined ? [] : [signInAgainLink(whenSignedOut)]),
      retryLink({
        retry: ({ op, error, attempts: made }) =>
          (op.type === 'subscription' || made < attempts) &&
          isRetryable({ type: op.type, hasIdempotencyKey: keyOf(op) !== null, error }),
        retryDelayMs,
      }),
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({
          url,
          connectionParams: headers,
          EventSource,
          eventSourceOptions: () => ({ withCredentials: credential.kind === 'cookie' }),
        }),
        false: splitLink({
          condition: (op) => op.type === 'mutation',
          // One by one: a key stands for one mutation.
          true: httpLink({
            ...http,
            headers: ({ op }) => {
              const key = keyOf(op);
              return key === null ? headers : { ...headers, 'idempotency-key': key };
            },
          }),
          false: httpBatchLink({ ...http, headers, maxItems: 50, maxURLLength: 8_000 }),
        }),
      }),
    ],
  });
}

/** Gives each mutation in a workspace a key before it is first sent. */
function withIdempotencyKey(inWorkspace: boolean): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) => {
      if (op.type !== 'mutation' || !inWorkspace || keyOf(op) !== null) return next(op);
      return next({ ...op, context: { ...op.context, [IDEMPOTENCY_KEY]: crypto.randomUUID() } });
    };
}

function keyOf({ context }: Operation): string | null {
  const key = context[IDEMPOTENCY_KEY];
  return typeof key === 'string' ? key : null;
}
