import { jsonReporter } from './json.ts';
import { plainReporter } from './plain.ts';
import { quietReporter } from './quiet.ts';
import type { Reporter } from './reporter.ts';
import { terminalReporter } from './terminal.ts';

/** NDJSON when asked for, the verdict alone when asked for, a live list on a terminal, plain lines everywhere else. */
export function createReporter({ json, quiet }: { json: boolean; quiet: boolean }): Reporter {
  if (json) return jsonReporter();
  if (quiet) return quietReporter();
  return process.stdout.isTTY && process.env.TERM !== 'dumb' ? terminalReporter() : plainReporter();
}
