const KEY = 'apms.reloaded-at';

/** A second failure so soon is no new release. */
const ONCE_IN_MS = 60_000;

/**
 * Loads the page anew when a part of the console is not found: a new release came while it was open, and the names of
 * its files are other ones. When that does not help, the page says that it failed.
 */
export function reloadWhenOutdated(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const reloadedAt = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - reloadedAt < ONCE_IN_MS) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    event.preventDefault();
    location.reload();
  });
}
