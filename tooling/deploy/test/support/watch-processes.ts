import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 20;

/** The argument list of every process that ran while `use` did, as `ps` would have shown it to anybody. */
export async function watchProcesses<T>(use: () => Promise<T>): Promise<{ result: T; seen: string[] }> {
  const seen = new Set<string>();
  const done = new AbortController();
  const watch = async () => {
    while (!done.signal.aborted) {
      const entries = await readdir('/proc').catch(() => []);
      await Promise.all(
        entries
          .filter((entry) => /^\d+$/.test(entry))
          .map(async (pid) => {
            // It may have ended since.
            seen.add(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''));
          }),
      );
      await sleep(EVERY_MS);
    }
  };
  const watched = watch();
  try {
    const result = await use();
    return { result, seen: [...seen].map((line) => line.replaceAll('\0', ' ')) };
  } finally {
    done.abort();
    await watched;
  }
}
