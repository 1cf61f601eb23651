import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from './stage.ts';

const [POLL_MS, LONGEST_MS] = [50, 60_000];

/** Waits until a session other than the bench's own runs a statement on the target that contains `text`; false when the tool ended before. */
export async function untilRunning(stage: Stage, text: string, isRunning: () => boolean): Promise<boolean> {
  while (isRunning()) {
    if ((await countBackends(stage, `and state = 'active' and query like '%${text}%'`)) > 0) return true;
    await sleep(POLL_MS);
  }
  return false;
}

/** Waits until the server has noticed that nobody listens any more. */
export async function untilAlone(stage: Stage): Promise<void> {
  const deadline = Date.now() + LONGEST_MS;
  while ((await countBackends(stage, '')) > 0 && Date.now() < deadline) await sleep(POLL_MS);
}

async function countBackends({ query }: Stage, condition: string): Promise<number> {
  const [row] = await query<{ count: number }>(`
    select count(*)::int as count from pg_stat_activity
     where datname = current_database() and application_name not like 'apms-bench%' ${condition}`);
  return row?.count ?? 0;
}
