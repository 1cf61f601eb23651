import { readFile, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { BenchError } from '../bench-error.ts';
import { type BenchOptions, describeMachine, withBench } from '../run-bench.ts';
import { benchCompare } from './bench-compare.ts';
import { formatComparison } from './format-comparison.ts';
import { replaceBlock } from './replace-block.ts';
import { scenarios } from './scenarios.ts';
import { tableOf } from './table-of.ts';
import { isToolName, tools } from './tools.ts';

export interface CompareOptions extends BenchOptions {
  readonly tools: readonly string[];
  readonly scenarios: readonly string[];
  /** A file with the marks between which the table goes. */
  readonly markdown?: string;
}

/**
 * `bench compare`: compares and prints, and writes the table into a document where one is named.
 * @throws {BenchError} when a tool or a scenario is unknown, the document has no place for the table, or as the bench throws
 */
export async function compareCommand(options: CompareOptions): Promise<void> {
  const toolNames = options.tools.map((name) => {
    if (isToolName(name)) return name;
    throw new BenchError(`There is no tool "${name}" here: ${Object.keys(tools).join(', ')}.`);
  });
  const chosen = options.scenarios.map((name) => {
    const scenario = scenarios.find((each) => each.name === name);
    if (scenario !== undefined) return scenario;
    throw new BenchError(`There is no scenario "${name}": ${scenarios.map((each) => each.name).join(', ')}.`);
  });
  const { markdown } = options;
  // Before minutes of work that would have no place to go to.
  if (markdown !== undefined) replaceBlock(await readFile(markdown, 'utf8'), '', markdown);
  await withBench(options.runs, async (bench) => {
    const compared = await benchCompare(bench, { tools: toolNames, scenarios: chosen });
    const load = Math.round(loadavg()[0] ?? 0);
    const comparison = { environment: `${describeMachine(bench)}, at a load of ${load}`, ...compared };
    process.stdout.write(
      options.json ? `${JSON.stringify(comparison, null, 2)}\n` : `${formatComparison(comparison)}\n`,
    );
    if (markdown === undefined) return;
    const text = await readFile(markdown, 'utf8');
    await writeFile(markdown, replaceBlock(text, tableOf(comparison), markdown));
  });
}
