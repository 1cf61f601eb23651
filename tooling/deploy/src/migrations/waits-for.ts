import type { Blocker } from '../failure.ts';

/** Who is in the way, shortly; null when nobody is. */
export function waitsFor([first, ...others]: readonly Blocker[]): string | null {
  if (first === undefined) return null;
  const { pid, application, user, state } = first;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return `waits for pid ${pid} (${application || user || 'unknown'}, ${state ?? 'unknown state'})${more}`;
}
