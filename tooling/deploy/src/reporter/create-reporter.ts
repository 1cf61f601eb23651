import { jsonReporter } from './json.ts';
import { plainReporter } from './plain.ts';
import type { Reporter } from './reporter.ts';
import { terminalReporter } from './terminal.ts';

/** NDJSON when asked for, a live list on a terminal, plain lines everywhere else. */
export function createReporter({ json }: { json: boolean }): Reporter {
  if (json) return jsonReporter();
  return process.stdout.isTTY && process.env.TERM !== 'dumb' ? terminalReporter() : plainReporter();
}
