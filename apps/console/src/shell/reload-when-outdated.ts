import { nameMissingPart } from '../api/missing-part.ts';

const KEY = 'apms.reloaded-at';

/** A second failure so soon is no new release. */
const ONCE_IN_MS = 60_000;

/**
 * Loads the page anew when a part of the console is not found: a new release came while it was open, and the names of
 * its files are other ones. When that does not help, or the server does not answer at all, the page says that it failed.
 */
export function reloadWhenOutdated(): void {
  window.addEventListener('vite:preloadError', ({ payload }) => {
    nameMissingPart(payload);
    void reloadOnce();
  });
}

async function reloadOnce(): Promise<void> {
  const reloadedAt = Number(sessionStorage.getItem(KEY) ?? 0);
  if (Date.now() - reloadedAt < ONCE_IN_MS) return;
  const response = await fetch('/', { method: 'HEAD' }).catch(() => null);
  // There would be nothing in place of the page, and nothing to try again with.
  if (response?.ok !== true) return;
  sessionStorage.setItem(KEY, String(Date.now()));
  location.reload();
}
