import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { QueryResultRow } from 'pg';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import { type Migration, THINGS, THREE_ROWS } from './migration.ts';
import { type RunningTool, startTool, type ToolRun } from './run-tool.ts';
import type { Command, ComparedTool, Place, Recorded } from './tool.ts';

/** A run as it is kept for whoever doubts the table. */
export interface RunRecord {
  readonly typed: string;
  readonly exitCode: number | null;
  readonly ms: number;
  /** The end of what the tool said. */
  readonly said: string;
}

/** One tool, its project and its database, for one scenario. */
export interface Stage {
  readonly tool: ComparedTool;
  readonly bench: Bench;
  readonly place: Place;
  /** Every run so far, in order. */
  readonly runs: readonly RunRecord[];
  /** The project's migrations, after the one that every scenario begins with. */
  write(...migrations: Migration[]): Promise<void>;
  fileOf(migration: Migration): string;
  deploy(): Promise<ToolRun>;
  audit(): Promise<ToolRun | undefined>;
  back(): Promise<ToolRun | undefined>;
  run(typed: string, command: Command): Promise<ToolRun>;
  /** The deploying command without waiting for it. */
  start(): RunningTool;
  query<Row extends QueryResultRow>(sql: string): Promise<Row[]>;
  /** Those of the scenario's tables that exist. */
  tables(): Promise<string[]>;
  history(): Promise<Recorded[]>;
}

/** The database that a scenario deploys to; only one runs at a time. */
export const TARGET = 'target';
const SAID_LENGTH = 1_500;
const TABLES = `
  select relname from pg_class
   where relnamespace = 'public'::regnamespace and relkind = 'r' and relname ~ '_table$' order by relname`;

/** The database that a tool's scenarios begin with: this repository's schema, and three rows that the tool deployed a table for. */
export async function prepareTool(bench: Bench, base: string, tool: ComparedTool): Promise<string> {
  const name = `base_of_${tool.name.toLowerCase().replaceAll('-', '_')}`;
  await bench.server.createDatabase(name, base);
  const stage = openStage(bench, tool, await makePlace(bench, name));
  await stage.write();
  const { exitCode, output } = await stage.deploy();
  if (exitCode !== 0) throw new BenchError(`${tool.name} did not deploy its first migration: ${output}`);
  await stage.query(THREE_ROWS);
  return name;
}

/** Runs `use` on a copy of a tool's first database, in a new project. */
export async function withStage<T>(
  bench: Bench,
  tool: ComparedTool,
  base: string,
  use: (stage: Stage) => Promise<T>,
): Promise<T> {
  await bench.server.createDatabase(TARGET, base);
  const place = await makePlace(bench, TARGET);
  try {
    return await use(openStage(bench, tool, place));
  } finally {
    await bench.server.dropDatabase(TARGET);
    await rm(place.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function makePlace({ directory, server }: Bench, database: string): Promise<Place> {
  const project = join(directory, `project-of-${database}`);
  await mkdir(project, { recursive: true });
  return { directory: project, url: server.url(database), environment: server.environment(database) };
}

function openStage(bench: Bench, tool: ComparedTool, place: Place): Stage {
  const { server, signal } = bench;
  const database = place.environment['PGDATABASE'] ?? '';
  const secret = place.environment['PGPASSWORD'] ?? '';
  const runs: RunRecord[] = [];
  let written: readonly Migration[] = [];
  const start = (typed: string, command: Command): RunningTool => {
    const running = startTool(command, { directory: place.directory, signal });
    const result = running.result.then((run) => {
      const said = run.output.replaceAll(secret, '…').slice(-SAID_LENGTH);
      runs.push({ typed, exitCode: run.exitCode, ms: Math.round(run.ms), said });
      return run;
    });
    return { ...running, result };
  };
  const run = (typed: string, command: Command) => start(typed, command).result;
  const query: Stage['query'] = (sql) =>
    server.withClient(database, async (client) => (await client.query(sql)).rows);
  return {
    tool,
    bench,
    place,
    runs,
    async write(...migrations) {
      written = [THINGS, ...migrations];
      await tool.write(place.directory, written);
    },
    fileOf: (migration) => join(place.directory, tool.fileOf(migration, written)),
    deploy: () => run(tool.typed.deploy, tool.deploy(place)),
    audit: async () =>
      tool.audit === undefined ? undefined : run(tool.typed.audit ?? '', tool.audit(place)),
    back: async () => (tool.back === undefined ? undefined : run(tool.typed.back ?? '', tool.back(place))),
    run,
    start: () => start(tool.typed.deploy, tool.deploy(place)),
    query,
    tables: async () => (await query<{ relname: string }>(TABLES)).map(({ relname }) => relname),
    history: async () =>
      (await server.withClient(database, (client) => tool.history(client, written))).filter(
        ({ name }) => name !== THINGS.name,
      ),
  };
}
