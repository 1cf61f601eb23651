import type pg from 'pg';
import type { Connection } from '../connection.ts';
import { DeployError } from '../failure.ts';
import type { StepName } from '../journal.ts';
import { withClient } from '../postgres.ts';
import { ApplyError } from './apply-error.ts';

/**
 * Runs `use`, which applies migrations over `client`. When the signal is aborted meanwhile, the statement at work is
 * cancelled on the server, once, so that what `use` then undoes is left alone; an {@link ApplyError} says that the stop
 * was asked for.
 */
export async function cancelOnRequest<T>(
  client: pg.ClientBase,
  stop: { connection: Connection; applicationName: string; signal: AbortSignal; during: StepName },
  use: () => Promise<T>,
): Promise<T> {
  const { connection, applicationName, signal, during } = stop;
  assertNotStopped(stop);
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const cancel = () => {
    // When it does not get through, the migrations stop before their commit.
    void withClient(connection, applicationName, (other) =>
      other.query('select pg_cancel_backend($1)', [rows[0]?.pid]),
    ).catch(() => undefined);
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await use();
  } catch (error) {
    if (!signal.aborted || !(error instanceof ApplyError)) throw error;
    throw new ApplyError(error, new DeployError({ code: 'CANCELLED', during }, { cause: error }));
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/** @throws {CANCELLED} when somebody asked to stop. */
export function assertNotStopped({ signal, during }: { signal: AbortSignal; during: StepName }): void {
  if (signal.aborted) throw new DeployError({ code: 'CANCELLED', during });
}
