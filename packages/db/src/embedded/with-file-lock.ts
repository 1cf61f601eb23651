import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedServerError } from './embedded-server-error.ts';

const busy = 5;

/**
 * Runs `work` while no other caller, in this process or another, holds the lock `file`.
 * The lock is the kernel's (that of an empty SQLite database): it ends with the process that holds it,
 * even by SIGKILL, so there are no stale locks to tell from live ones.
 * @throws {LOCK_TIMEOUT} when another holds it for longer than `timeoutMs`
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>, timeoutMs = 180_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  using lock = open(file, 0);
  while (!tryLock(lock, file)) {
    if (Date.now() > deadline) throw timedOut(file, timeoutMs);
    await sleep(10 + Math.random() * 20);
  }
  return await work();
}

/** {@link withFileLock} for the moment in which a process exits and can no longer wait for promises. */
export function withFileLockSync(file: string, work: () => void, timeoutMs = 5_000): void {
  using lock = open(file, timeoutMs);
  if (!tryLock(lock, file)) throw timedOut(file, timeoutMs);
  work();
}

function open(file: string, timeoutMs: number): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: timeoutMs });
  } catch (cause) {
    throw unusable(file, cause);
  }
}

function tryLock(lock: DatabaseSync, file: string): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === busy) return false;
    throw unusable(file, error);
  }
}

function unusable(file: string, cause: unknown): EmbeddedServerError {
  const sentence = `The lock file ${file} cannot be written; does it belong to another user?`;
  return new EmbeddedServerError(sentence, { code: 'DIRECTORY_UNUSABLE', path: file }, { cause });
}

function timedOut(file: string, timeoutMs: number): EmbeddedServerError {
  const sentence = `Another process has held the lock ${file} for more than ${timeoutMs / 1000} s.`;
  return new EmbeddedServerError(sentence, { code: 'LOCK_TIMEOUT', path: file });
}
