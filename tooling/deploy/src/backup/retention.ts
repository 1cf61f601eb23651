import type { TargetSettings } from '../config.ts';

export type RetentionPolicy = TargetSettings['retention'];

/** What retention knows of a backup; times as ISO 8601. */
export type Retainable = { id: string; at: string } & (
  | { usable: true; deployment: string | null; outcome: string | null }
  | { usable: false }
);

/** A backup with everything that speaks for keeping it; with nothing, it goes. */
export interface Retention {
  id: string;
  reasons: string[];
}

const DAY_MS = 86_400_000;
/** How long the reason of a failed backup stays to be read, and an upload that still goes on is left alone. */
export const GRACE_MS = 7 * DAY_MS;

/**
 * Decides which backups stay: the newest usable one, as many as the policy says (of each of the latest days, weeks and
 * months, in UTC, the newest), the one that the target would be rolled back to, those made since by deployments that have
 * not said how they ended, and for a week what is unusable.
 * @param wayBack a further one that the target would be rolled back to.
 */
export function retain(
  backups: readonly Retainable[],
  policy: RetentionPolicy,
  { now, wayBack }: { now: Date; wayBack: string | undefined },
): Retention[] {
  const newestFirst = backups.toSorted((a, b) => b.at.localeCompare(a.at) || b.id.localeCompare(a.id));
  const usable = newestFirst.filter((backup) => backup.usable);
  const reasons = new Map<string, string[]>(backups.map(({ id }) => [id, []]));
  const keep = (id: string, reason: string) => reasons.get(id)?.push(reason);

  for (const { id } of usable.slice(0, 1)) keep(id, 'the newest');
  for (const { id } of usable.slice(0, policy.last)) keep(id, `one of the last ${policy.last}`);
  for (const [name, count, periodOf] of [
    ['day', policy.daily, (at: string) => at.slice(0, 10)],
    ['week', policy.weekly, weekOf],
    ['month', policy.monthly, (at: string) => at.slice(0, 7)],
  ] as const) {
    for (const [period, id] of newestOfEach(usable, periodOf).slice(0, count))
      keep(id, `the ${name} ${period}`);
  }
  const deployed = usable.findIndex(({ outcome }) => outcome === 'deployed');
  const since = deployed === -1 ? usable : usable.slice(0, deployed);
  for (const { id, deployment, outcome } of since)
    if (deployment !== null && outcome === null) keep(id, 'its deployment has not said how it ended');
  for (const id of new Set([usable[deployed]?.id, wayBack]))
    if (id !== undefined) keep(id, 'what the target would be rolled back to');
  for (const { id, at } of newestFirst.filter((backup) => !backup.usable))
    if (now.getTime() - Date.parse(at) < GRACE_MS) keep(id, 'unusable for less than a week');
  return newestFirst.map(({ id }) => ({ id, reasons: reasons.get(id) ?? [] }));
}

/** By period, latest first, the id of its newest. */
function newestOfEach(
  newestFirst: readonly { id: string; at: string }[],
  periodOf: (at: string) => string,
): [string, string][] {
  const found = new Map<string, string>();
  for (const { id, at } of newestFirst) {
    const period = periodOf(at);
    if (!found.has(period)) found.set(period, id);
  }
  return [...found];
}

/** The Monday with which the week begins. */
function weekOf(at: string): string {
  const date = new Date(at);
  const sinceMonday = (date.getUTCDay() + 6) % 7;
  return new Date(date.getTime() - sinceMonday * DAY_MS).toISOString().slice(0, 10);
}
