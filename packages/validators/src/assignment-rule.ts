import { z } from 'zod';
import { Id, RequiredText } from './wire.ts';

/** One value, or several of which any will do. */
const condition = z.union([RequiredText.max(200), z.array(RequiredText.max(200)).min(1).max(500)]).optional();

/** What has to be so; every condition that is given. */
export const AssignmentCondition = z
  .strictObject({ scopeCode: condition, vendorCode: condition, region: condition, clusterCode: condition })
  .refine((when) => Object.values(when).some((value) => value !== undefined), {
    error: 'must have a condition; whoever is asked otherwise is the default',
  });
export type AssignmentCondition = z.infer<typeof AssignmentCondition>;

/** Who decides a stage: the person of the first case whose conditions hold, else the default, else nobody. */
export const AssignmentRule = z
  .strictObject({
    cases: z
      .array(z.strictObject({ when: AssignmentCondition, userId: Id }))
      .max(500)
      .default([]),
    default: Id.nullable().default(null),
  })
  .refine(({ cases, default: otherwise }) => cases.length > 0 || otherwise !== null, {
    error: 'must name somebody',
  });
export type AssignmentRule = z.infer<typeof AssignmentRule>;
