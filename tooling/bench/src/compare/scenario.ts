import type { Stage } from './stage.ts';

/** What was seen: a word for programs, a few words for people. */
export interface Observation {
  readonly verdict: string;
  readonly fact: string;
}

/** One thing that can happen to a deployment. */
export interface Scenario {
  readonly name: string;
  /** What is done, as a row's head in the table. */
  readonly title: string;
  observe(stage: Stage): Promise<Observation>;
}
