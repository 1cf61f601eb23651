import type { DeploymentFinding } from '@apms/validators';

/** A finding of the lint, which always has a place. */
export interface LintFinding extends DeploymentFinding {
  file: string;
  line: number;
  column: number;
  /** Where it ends, just behind its last character. */
  endLine: number;
  endColumn: number;
}
