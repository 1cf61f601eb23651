import type { PunchlistItemSeverity, StageDecision } from '@apms/validators';

/** Why defects do not fit a decision. */
export type DecisionFault = 'itemNeeded' | 'criticalRejects' | 'criticalNeeded';

/**
 * Why the defects do not fit the decision; null when they do. The API holds decisions to the same rules: this tells people
 * before they send. An approval sends none.
 */
export function findDecisionFault(
  decision: StageDecision,
  items: readonly { readonly severity: PunchlistItemSeverity }[],
): DecisionFault | null {
  const hasCritical = items.some(({ severity }) => severity === 'CRITICAL');
  if (decision === 'APPROVE_WITH_PUNCHLIST') {
    if (hasCritical) return 'criticalRejects';
    return items.length === 0 ? 'itemNeeded' : null;
  }
  return decision === 'REJECT' && !hasCritical ? 'criticalNeeded' : null;
}
