import type { Commit } from './git.ts';
import type { RunEvent } from './journal.ts';
import type { LoadedConfig } from './load-config.ts';
import type { Target } from './target.ts';
import type { Trace } from './telemetry/open-trace.ts';

/** What every step of one run knows. */
export interface Run {
  readonly id: string;
  readonly config: LoadedConfig;
  readonly target: Target;
  /** `<state directory>/<target>/<run id>`: journal, backup and reports. */
  readonly directory: string;
  /** What the run's sessions are called in pg_stat_activity. */
  readonly applicationName: string;
  readonly commit: Commit;
  /** `user@host` of whoever started it. */
  readonly by: string;
  /** Undefined when nobody collects traces. */
  readonly trace: Trace | undefined;
  /** Aborted when somebody asks the run to stop. */
  readonly signal: AbortSignal;
  /** Blanks the passwords out of a text. */
  redact(text: string): string;
  /** Tells the journal and whoever watches. */
  emit(event: RunEvent): void;
  /** Whether everything is completed that would otherwise be left behind. */
  isComplete(): boolean;
}
