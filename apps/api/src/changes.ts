import type { Pool } from 'pg';
import { AnnouncedChange, CHANGE_CHANNEL, type Change, MAX_CHANGE_BYTES } from './change.ts';
import { ChangeBuffer } from './change-buffer.ts';
import { keepListening } from './keep-listening.ts';

/** News between the processes of the API, and from the database's own triggers. */
export interface Changes {
  /**
   * The changes that `isWanted` from now on, until the signal aborts or the iteration is left. `resync` comes to
   * everybody: after an interruption, and to those who did not keep up.
   */
  subscribe(
    isWanted: (change: AnnouncedChange) => boolean,
    signal: AbortSignal,
  ): AsyncIterableIterator<Change>;
  /** Tells every process, this one too. @throws {RangeError} when the message is too long for PostgreSQL */
  publish(change: AnnouncedChange): Promise<void>;
  /** Whether changes arrive at the moment. */
  isListening(): boolean;
  /** Calls with the people whose access may have changed, null for everybody; gives what ends it. */
  onAccessChange(tell: (userIds: readonly string[] | null) => void): () => void;
  /** Counts for the metrics. */
  stats(): ChangeStats;
  /** Ends every subscription. */
  close(): Promise<void>;
}

export interface ChangeStats {
  readonly subscribers: number;
  readonly received: number;
  readonly interruptions: number;
}

export interface ChangesOptions {
  readonly connectionString: string;
  /** Where changes are published from. */
  readonly pool: Pool;
  /** How many changes wait for one subscriber before they become one `resync`; 100 when absent. */
  readonly capacity?: number;
  readonly onInterruption?: (error: Error) => void;
  /** Told of a message that is none of ours. */
  readonly onUnreadable?: (payload: string) => void;
}

interface Subscriber {
  readonly isWanted: (change: AnnouncedChange) => boolean;
  readonly buffer: ChangeBuffer;
}

/** Listens for changes on one connection of this process, whatever the number of subscribers. */
export function openChanges(options: ChangesOptions): Changes {
  const subscribers = new Set<Subscriber>();
  const accessListeners = new Set<(userIds: readonly string[] | null) => void>();
  let received = 0;
  let interruptions = 0;

  function deliver(payload: string): void {
    received += 1;
    const change = readChange(payload);
    if (change === null) {
      options.onUnreadable?.(payload);
      return;
    }
    if (change.kind === 'access') for (const tell of accessListeners) tell(change.userIds);
    for (const { isWanted, buffer } of subscribers) if (isWanted(change)) buffer.push(change);
  }

  const listener = keepListening({
    connectionString: options.connectionString,
    channel: CHANGE_CHANNEL,
    onMessage: deliver,
    onListening: () => {
      for (const tell of accessListeners) tell(null);
      for (const { buffer } of subscribers) buffer.push({ kind: 'resync' });
    },
    onInterruption: (error) => {
      interruptions += 1;
      options.onInterruption?.(error);
    },
  });

  return {
    subscribe: (isWanted, signal) => {
      const end = () => buffer.end();
      const buffer = new ChangeBuffer(options.capacity ?? 100, () => {
        subscribers.delete(subscriber);
        signal.removeEventListener('abort', end);
      });
      const subscriber = { isWanted, buffer };
      subscribers.add(subscriber);
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
      return buffer;
    },
    publish: async (change) => {
      const payload = JSON.stringify(change);
      const sizeBytes = Buffer.byteLength(payload);
      if (sizeBytes > MAX_CHANGE_BYTES) throw new RangeError(`A change of ${sizeBytes} bytes is too long`);
      await options.pool.query('select pg_notify($1, $2)', [CHANGE_CHANNEL, payload]);
    },
    isListening: () => listener.isListening(),
    onAccessChange: (tell) => {
      accessListeners.add(tell);
      return () => accessListeners.delete(tell);
    },
    stats: () => ({ subscribers: subscribers.size, received, interruptions }),
    close: async () => {
      for (const { buffer } of subscribers) buffer.end();
      await listener.close();
    },
  };
}

function readChange(payload: string): AnnouncedChange | null {
  try {
    return AnnouncedChange.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}
