import { z } from 'zod';

/** What an override applies to, the strongest first. */
export const OverrideType = z.enum(['STAGE', 'SUBMISSION', 'CLUSTER', 'REGION']);
export type OverrideType = z.infer<typeof OverrideType>;

/** Only an APPROVED override within its period is in force. */
export const OverrideApprovalStatus = z.enum(['PENDING', 'APPROVED', 'REJECTED', 'REVOKED']);
export type OverrideApprovalStatus = z.infer<typeof OverrideApprovalStatus>;
