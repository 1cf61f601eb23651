import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

export interface Listening {
  readonly connectionString: string;
  readonly channel: string;
  readonly onMessage: (payload: string) => void;
  /** Listening began, also after an interruption in which messages may have been missed. */
  readonly onListening: () => void;
  /** Told why listening was interrupted; it is taken up again. */
  readonly onInterruption: (error: Error) => void;
}

export interface Listener {
  isListening(): boolean;
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** A connection that died without a word is noticed after this and the answer's time limit. */
const HEARTBEAT_MS = 15_000;
const ANSWER_LIMIT_MS = 10_000;

/** Listens on a connection of its own, and connects again, ever more slowly, whenever it is lost. */
export function keepListening(options: Listening): Listener {
  const closing = new AbortController();
  let listening = false;

  async function listenOnce(): Promise<void> {
    const client = new Client({
      connectionString: options.connectionString,
      application_name: 'apms-api-changes',
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_LIMIT_MS,
      query_timeout: ANSWER_LIMIT_MS,
    });
    const lost = Promise.withResolvers<never>();
    // Until it is awaited below, a failure to connect is thrown by connect() as well.
    lost.promise.catch(() => undefined);
    client.on('error', lost.reject);
    client.on('end', () => lost.reject(new Error('the connection was closed')));
    client.on('notification', ({ payload = '' }) => options.onMessage(payload));
    const onClosing = () => lost.reject(closing.signal.reason);
    closing.signal.addEventListener('abort', onClosing, { once: true });
    let heartbeat: NodeJS.Timeout | undefined;
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(options.channel)}`);
      closing.signal.throwIfAborted();
      listening = true;
      options.onListening();
      heartbeat = setInterval(() => {
        client.query('select 1').catch(lost.reject);
      }, HEARTBEAT_MS);
      await lost.promise;
    } finally {
      listening = false;
      clearInterval(heartbeat);
      closing.signal.removeEventListener('abort', onClosing);
      // A connection that does not answer would not say goodbye either.
      void client.end().catch(() => undefined);
    }
  }

  async function listen(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    while (!closing.signal.aborted) {
      const since = Date.now();
      try {
        await listenOnce();
      } catch (error) {
        if (closing.signal.aborted) return;
        options.onInterruption(error instanceof Error ? error : new Error(String(error)));
      }
      pauseMs =
        Date.now() - since > LONGEST_PAUSE_MS ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      // Processes that lost the same server do not come back all at once.
      await sleep(pauseMs * (0.5 + Math.random() / 2), undefined, { signal: closing.signal }).catch(
        () => undefined,
      );
    }
  }

  const done = listen();
  return {
    isListening: () => listening,
    close: async () => {
      closing.abort();
      await done;
    },
  };
}
