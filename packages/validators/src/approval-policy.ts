import { z } from 'zod';

/** Family that a scope belongs to. */
export const ScopeGroup = z.enum(['MICROWAVE', 'RAN', 'CME', 'PLN', 'OTHER']);
export type ScopeGroup = z.infer<typeof ScopeGroup>;

/** What an acceptance test covers; also the category by which a policy is chosen. */
export const AtpCategory = z.enum(['HARDWARE', 'SOFTWARE', 'BOTH']);
export type AtpCategory = z.infer<typeof AtpCategory>;

/** Phase of the chain that a seat belongs to. */
export const StageGroup = z.enum(['REVIEW', 'VALIDATION', 'SIGN', 'FINAL']);
export type StageGroup = z.infer<typeof StageGroup>;

/** How the person in a stage's seat is found when a workflow is created. */
export const AssignmentMode = z.enum(['CLUSTER', 'STATIC_USER', 'RULE', 'AUTO']);
export type AssignmentMode = z.infer<typeof AssignmentMode>;

/** What a vendor delivers. */
export const VendorType = z.enum(['EQUIPMENT', 'IMPLEMENTATION', 'SUBCONTRACTOR', 'OTHER']);
export type VendorType = z.infer<typeof VendorType>;
