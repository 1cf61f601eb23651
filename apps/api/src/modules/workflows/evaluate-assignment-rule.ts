import { AssignmentRule } from '@apms/validators';

/** What the conditions of a rule are about. */
export interface AssignmentFacts {
  readonly scopeCode: string;
  readonly vendorCode: string | null;
  readonly region: string | null;
  readonly clusterCode: string | null;
}

const facts = ['scopeCode', 'vendorCode', 'region', 'clusterCode'] as const;

/** Whom a stage's rule names; null when it names nobody for this place and work, or cannot be read. */
export function evaluateAssignmentRule(rule: unknown, given: AssignmentFacts): string | null {
  const parsed = AssignmentRule.safeParse(rule);
  if (!parsed.success) return null;
  const { cases, default: otherwise } = parsed.data;
  const first = cases.find(({ when }) =>
    facts.every((fact) => {
      const wanted = when[fact];
      return wanted === undefined || [wanted].flat().some((value) => value === given[fact]);
    }),
  );
  return first?.userId ?? otherwise;
}
