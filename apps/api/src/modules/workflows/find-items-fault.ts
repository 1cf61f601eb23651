import type { RaisedItem, StageDecision } from '@apms/validators';

/**
 * Why the items do not fit the decision; null when they do. An approval raises none, one with a punchlist at least one
 * that is not CRITICAL and no other, a rejection at least one that is CRITICAL.
 * @source domain, lifecycles, decisions
 */
export function findItemsFault(
  decision: StageDecision,
  items: readonly Pick<RaisedItem, 'severity'>[],
): string | null {
  const critical = items.filter(({ severity }) => severity === 'CRITICAL').length;
  switch (decision) {
    case 'APPROVE':
      return items.length > 0 ? 'an approval raises no items; approve with a punchlist instead' : null;
    case 'APPROVE_WITH_PUNCHLIST':
      if (critical > 0) return 'a CRITICAL item rejects the stage';
      return items.length === 0 ? 'a punchlist has at least one MAJOR or MINOR item' : null;
    case 'REJECT':
      return critical === 0 ? 'a rejection names at least one CRITICAL item' : null;
  }
}
