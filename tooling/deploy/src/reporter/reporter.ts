import type { DeploymentReport } from '@apms/validators';
import type { RunEvent } from '../journal.ts';

/** Shows a run to whoever started it. */
export interface Reporter {
  event(event: RunEvent): void;
  /** The last word, after the last event; `directory` holds the reports. */
  finished(report: DeploymentReport, directory: string): Promise<void>;
}
