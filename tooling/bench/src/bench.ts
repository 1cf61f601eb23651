import type { BenchServer } from './server/bench-server.ts';
import type { ServerTools } from './server/find-server-tools.ts';

/** What every measurement works with. */
export interface Bench {
  readonly server: BenchServer;
  readonly tools: ServerTools;
  /** How often each thing is measured; medians are told. */
  readonly runs: number;
  /** For files; removed with everything in it when the bench ends. */
  readonly directory: string;
  readonly signal: AbortSignal;
  /** Tells people what is being measured now. */
  note(message: string): void;
}
