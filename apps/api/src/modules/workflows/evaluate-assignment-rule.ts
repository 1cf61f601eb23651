import { z } from 'zod';

const condition = z.union([z.string(), z.array(z.string())]);
const AssignmentRule = z.object({
  cases: z
    .array(
      z.object({
        when: z.object({
          scopeCode: condition.optional(),
          vendorCode: condition.optional(),
          region: condition.optional(),
          clusterCode: condition.optional(),
        }),
        userId: z.string(),
      }),
    )
    .default([]),
  default: z.string().nullable().default(null),
});

/** What the conditions of a rule are about. */
export interface AssignmentFacts {
  readonly scopeCode: string;
  readonly vendorCode: string | null;
  readonly region: string | null;
  readonly clusterCode: string | null;
}

/** Whom a stage's rule names; null when it names nobody for these facts, or cannot be read. */
export function evaluateAssignmentRule(rule: unknown, facts: AssignmentFacts): string | null {
  const parsed = AssignmentRule.safeParse(rule);
  if (!parsed.success) return null;
  const { cases, default: otherwise } = parsed.data;
  const first = cases.find(({ when }) =>
    (['scopeCode', 'vendorCode', 'region', 'clusterCode'] as const).every((fact) => {
      const wanted = when[fact];
      return wanted === undefined || [wanted].flat().some((value) => value === facts[fact]);
    }),
  );
  return first?.userId ?? otherwise;
}
