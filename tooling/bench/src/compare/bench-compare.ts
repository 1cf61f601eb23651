import { applyMigration } from '@apms/db/testing';
import type { Bench } from '../bench.ts';
import { readMigrations } from '../server/read-migrations.ts';
import type { Cell, Column, Comparison } from './comparison.ts';
import type { Scenario } from './scenario.ts';
import { prepareTool, withStage } from './stage.ts';
import { noteStatements } from './statements.ts';
import type { ComparedTool, MissingTool } from './tool.ts';
import { tools } from './tools.ts';

/** The database that every tool finds: the schema that this repository's own checks are about. */
const BASE = 'base';

/** `bench compare`: every tool through every scenario, each on a database and in a project of its own. */
export async function benchCompare(
  bench: Bench,
  chosen: { tools: readonly (keyof typeof tools)[]; scenarios: readonly Scenario[] },
): Promise<Omit<Comparison, 'environment'>> {
  await createBase(bench);
  await noteStatements({ bench });
  const columns: Column[] = [];
  const missing: MissingTool[] = [];
  for (const name of chosen.tools) {
    bench.note(`getting ${name}`);
    const tool = await tools[name](bench);
    if ('missing' in tool) missing.push(tool);
    else columns.push(await observeTool(bench, tool, chosen.scenarios));
  }
  return { scenarios: chosen.scenarios.map(({ name, title }) => ({ name, title })), columns, missing };
}

async function observeTool(
  bench: Bench,
  tool: ComparedTool,
  scenarios: readonly Scenario[],
): Promise<Column> {
  const base = await prepareTool(bench, BASE, tool);
  const cells: Cell[] = [];
  for (const scenario of scenarios) {
    bench.note(`${tool.name}: ${scenario.name}`);
    const cell = await withStage(bench, tool, base, async (stage) => {
      const observation = await scenario.observe(stage);
      return { scenario: scenario.name, ...observation, runs: stage.runs };
    });
    cells.push(cell);
  }
  const { name, version, typed } = tool;
  return { name, version, typed, cells };
}

async function createBase({ server }: Bench): Promise<void> {
  await server.createDatabase(BASE);
  await server.withClient(BASE, async (client) => {
    for (const { name, script } of await readMigrations()) await applyMigration(client, name, script);
  });
}
