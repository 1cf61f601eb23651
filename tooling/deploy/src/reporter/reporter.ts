import type { DeploymentReport } from '@apms/validators';
import type { RunEvent } from '../journal.ts';
import { jsonReporter } from './json.ts';
import { plainReporter } from './plain.ts';
import { terminalReporter } from './terminal.ts';

/** Shows a run to whoever started it. */
export interface Reporter {
  event(event: RunEvent): void;
  /** The last word, after the last event; `directory` holds the reports. */
  finished(report: DeploymentReport, directory: string): Promise<void>;
}

/** NDJSON when asked for, a live list on a terminal, plain lines everywhere else. */
export function createReporter({ json }: { json: boolean }): Reporter {
  if (json) return jsonReporter();
  return process.stdout.isTTY && process.env.TERM !== 'dumb' ? terminalReporter() : plainReporter();
}
