import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { formatSections } from './format.ts';
import { isMet, ratioOf } from './line.ts';
import type { Section } from './section.ts';
import { withBenchServer } from './server/bench-server.ts';
import { findServerTools } from './server/find-server-tools.ts';

/** What every bench is asked for. */
export interface BenchOptions {
  readonly runs: number;
  readonly json: boolean;
}

/**
 * Measures and prints, and leaves nothing behind.
 * @throws as {@link withBench}
 */
export async function runBench(
  { runs, json }: BenchOptions,
  measure: (bench: Bench) => Promise<Section[]>,
): Promise<void> {
  await withBench(runs, async (bench) => {
    const sections = await measure(bench);
    const environment = `${describeMachine(bench)}, medians of ${runs} interleaved ${runs === 1 ? 'run' : 'runs'}`;
    process.stdout.write(
      json ? toJson(environment, sections) : `${environment}\n\n${formatSections(sections)}\n`,
    );
  });
}

/** What the figures were measured on. */
export function describeMachine({ server }: Bench): string {
  return `PostgreSQL ${server.version}, Node ${process.versions.node}, ${cpus().length} cores, fsync on`;
}

/**
 * Starts a server and runs `use` with it; then, and when interrupted, nothing of it remains.
 * @throws {BenchError} when the bench cannot be run here; an AbortError when it was interrupted
 */
export async function withBench(runs: number, use: (bench: Bench) => Promise<void>): Promise<void> {
  const tools = findServerTools();
  const signal = interruption();
  const directory = await mkdtemp(join(tmpdir(), 'apms-bench-'));
  try {
    // The server runs as another user when we are root.
    await chmod(directory, 0o711);
    await withBenchServer({ directory, binDir: tools.binDir, signal }, (server) =>
      use({ server, tools, runs, directory, signal, note }),
    );
  } catch (error) {
    // Whatever broke when the server was stopped under it.
    signal.throwIfAborted();
    throw error;
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort());
  // Nobody reads on: a pipe was closed.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => controller.abort());
  return controller.signal;
}

function toJson(environment: string, sections: readonly Section[]): string {
  const full = sections.map(({ lines, ...section }) => ({
    ...section,
    lines: lines.map((line) => ({ ...line, ratio: ratioOf(line), met: isMet(line) ?? null })),
  }));
  return `${JSON.stringify({ environment, sections: full }, null, 2)}\n`;
}

function note(message: string): void {
  process.stderr.write(`… ${message}\n`);
}
