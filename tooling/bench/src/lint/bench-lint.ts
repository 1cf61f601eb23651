import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatSections } from '../format.ts';
import type { BenchOptions } from '../run-bench.ts';
import { compareRules } from './compare-rules.ts';
import { formatComparison } from './format-comparison.ts';
import { measureMany } from './measure-many.ts';

/**
 * The lint beside squawk: what each misses, what each finds without a reason, and how long it takes. Needs no server.
 * @throws {BenchError} where squawk has no program for this machine
 */
export async function benchLint({
  runs,
  json,
  migrations,
}: BenchOptions & { migrations: number }): Promise<void> {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => controller.abort());
  const directory = await mkdtemp(join(tmpdir(), 'apms-bench-lint-'));
  try {
    const comparison = await compareRules(join(directory, 'rules'));
    const lines = await measureMany(directory, migrations, { runs, signal: controller.signal });
    const environment = `Node ${process.versions.node}, ${cpus().length} cores, medians of ${runs} interleaved ${runs === 1 ? 'run' : 'runs'}`;
    const section = { title: 'A folder of migrations, each linter as a process', lines, parts: undefined };
    process.stdout.write(
      json
        ? `${JSON.stringify({ environment, comparison, lines }, null, 2)}\n`
        : `${formatComparison(comparison)}\n\n${environment}\n\n${formatSections([section])}\n`,
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
