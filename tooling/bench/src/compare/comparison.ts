import type { Observation } from './scenario.ts';
import type { RunRecord } from './stage.ts';
import type { ComparedTool, MissingTool } from './tool.ts';

/** What one tool did in one scenario. */
export interface Cell extends Observation {
  readonly scenario: string;
  /** Every run that it took, for whoever doubts the fact. */
  readonly runs: readonly RunRecord[];
}

/** One tool's column. */
export interface Column extends Pick<ComparedTool, 'name' | 'version' | 'typed'> {
  readonly cells: readonly Cell[];
}

/** The whole table, as JSON has it. */
export interface Comparison {
  readonly environment: string;
  readonly scenarios: readonly { readonly name: string; readonly title: string }[];
  readonly columns: readonly Column[];
  readonly missing: readonly MissingTool[];
}
