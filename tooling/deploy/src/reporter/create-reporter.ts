import { jsonReporter } from './json.ts';
import { plainReporter } from './plain.ts';
import { quietReporter } from './quiet.ts';
import type { Reporter } from './reporter.ts';

/** NDJSON when asked for, the verdict alone when asked for, a live list on a terminal, plain lines everywhere else. */
export async function createReporter({ json, quiet }: { json: boolean; quiet: boolean }): Promise<Reporter> {
  if (json) return jsonReporter();
  if (quiet) return quietReporter();
  if (!process.stdout.isTTY || process.env.TERM === 'dumb') return plainReporter();
  // What draws is loaded only where there is something to draw on.
  return (await import('./terminal.ts')).terminalReporter();
}
