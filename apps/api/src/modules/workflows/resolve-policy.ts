import type { AtpCategory, PolicyMatch } from '@apms/validators';

/** What a policy applies to. */
export interface PolicyKey {
  readonly id: string;
  /** Null is any vendor. */
  readonly vendorCode: string | null;
  readonly atpCategory: AtpCategory;
  readonly fallbackPriority: number;
}

/** What a chain is needed for. */
export interface PolicyWanted {
  readonly vendorCode: string | null;
  readonly atpCategory: AtpCategory;
}

/**
 * The policy among those of one scope: of the vendor, else of any vendor, else of any vendor and category BOTH; the
 * lowest fallback priority among equals. Undefined when none applies.
 * @source domain, lifecycles, workflow; the query `configLookup` says the same in SQL
 */
export function resolvePolicy<Policy extends PolicyKey>(
  policies: readonly Policy[],
  wanted: PolicyWanted,
): { readonly policy: Policy; readonly matchedBy: PolicyMatch } | undefined {
  const matching = policies.flatMap((policy) => {
    const matchedBy = matchOf(policy, wanted);
    return matchedBy === null ? [] : [{ policy, matchedBy }];
  });
  return matching.toSorted(
    (a, b) =>
      order.indexOf(a.matchedBy) - order.indexOf(b.matchedBy) ||
      a.policy.fallbackPriority - b.policy.fallbackPriority ||
      (a.policy.id < b.policy.id ? -1 : 1),
  )[0];
}

const order: readonly PolicyMatch[] = ['VENDOR', 'ANY_VENDOR', 'ANY_VENDOR_AND_CATEGORY'];

function matchOf(policy: PolicyKey, wanted: PolicyWanted): PolicyMatch | null {
  const isCategory = policy.atpCategory === wanted.atpCategory;
  if (policy.vendorCode !== null) {
    return isCategory && policy.vendorCode === wanted.vendorCode ? 'VENDOR' : null;
  }
  if (isCategory) return 'ANY_VENDOR';
  return policy.atpCategory === 'BOTH' ? 'ANY_VENDOR_AND_CATEGORY' : null;
}
