import type { DeploymentFinding } from '@apms/validators';

/** Why something is a finding, and what a server said of it. */
export function whyOf({ why, detail }: Pick<DeploymentFinding, 'why' | 'detail'>): string {
  return detail === undefined ? why : `${why} Cause: ${detail}`;
}
