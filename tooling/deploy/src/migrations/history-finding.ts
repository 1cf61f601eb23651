import type { DeploymentFinding } from '@apms/validators';

/** A migration that does not fit the ones that are applied already: always an error, of the rule `history-…`. */
export function historyFinding(
  rule: string,
  name: string,
  why: string,
  rewrite: string,
  detail?: string,
): DeploymentFinding {
  return {
    rule: `history-${rule}`,
    severity: 'error',
    file: `${name}/migration.sql`,
    line: null,
    column: null,
    statement: null,
    why,
    ...(detail !== undefined && { detail }),
    rewrite,
    accepted: null,
  };
}
