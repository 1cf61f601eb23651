import type { Bench } from '../bench.ts';
import type { Section } from '../section.ts';
import { createSeededDatabase } from '../server/seeded-database.ts';
import { measureLockBudget } from './lock-budget.ts';
import { measureNothingToDo } from './nothing-to-do.ts';
import { peakMemoryLines } from './peak-memory.ts';
import { measurePlanHistory } from './plan-history.ts';
import { measureSwapBack } from './swap-back.ts';
import { measureTransactionRollback } from './transaction-rollback.ts';
import { measureUuidBackup } from './uuid-backup.ts';
import { measureWholeDeployment } from './whole-deployment.ts';

/** `bench deploy`: the deploy tool on a database of each size, and what does not depend on size on the smallest. */
export async function benchDeploy(bench: Bench, sizesMb: readonly number[]): Promise<Section[]> {
  const sections: Section[] = [];
  const memory: { label: string; peakBytes: number }[] = [];
  const once: Section = { title: 'once, on the smallest', lines: [], parts: undefined };
  for (const [index, sizeMb] of sizesMb.toSorted((a, b) => a - b).entries()) {
    const seeded = await createSeededDatabase(bench, sizeMb);
    const { lines, parts, peakBytes } = await measureWholeDeployment(bench, seeded);
    const megabytes = Math.round(seeded.sizeBytes / 1e6).toLocaleString('en');
    const title = `${megabytes} MB, ${seeded.rows.toLocaleString('en')} rows`;
    sections.push({ title, lines, parts });
    memory.push({ label: `${megabytes} MB`, peakBytes });
    if (index === 0) {
      once.lines.push(await measureNothingToDo(bench, seeded));
      once.lines.push(await measureTransactionRollback(bench, seeded));
      once.lines.push(...(await measureSwapBack(bench, seeded)));
      once.lines.push(await measurePlanHistory(bench));
    }
    const budget = await measureLockBudget(bench, seeded);
    if (budget.length > 0) sections.push({ title: `lock budget, ${title}`, lines: budget, parts: undefined });
    await bench.server.dropDatabase(seeded.name);
    sections.push(await measureUuidBackup(bench, sizeMb));
  }
  once.lines.push(...peakMemoryLines(memory));
  return [...sections, once];
}
