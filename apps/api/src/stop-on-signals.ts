import type { Logger } from 'pino';

export interface Stopping {
  /** Finishes what runs, and closes everything. */
  readonly stop: () => Promise<void>;
  /** When stopping takes longer, the process ends all the same. */
  readonly limitMs: number;
  readonly log: Logger;
}

/** Ends the process gracefully on SIGTERM or SIGINT: exit code 0, or 1 past the limit; at once on a second signal. */
export function stopOnSignals({ stop, limitMs, log }: Stopping): void {
  let isStopping = false;
  const onSignal = (signal: string) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error({ limitMs }, 'what runs did not finish in time');
      process.exit(1);
    }, limitMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not stop as intended');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
