import { z } from 'zod';

/** Where a list of defects stands. */
export const PunchlistStatus = z.enum(['OPEN', 'CLOSED', 'CANCELLED']);
export type PunchlistStatus = z.infer<typeof PunchlistStatus>;

/** Where a defect stands; everything after OPEN has an evidence document. */
export const PunchlistItemStatus = z.enum(['OPEN', 'RECTIFIED', 'QA_VALIDATED', 'CLOSED']);
export type PunchlistItemStatus = z.infer<typeof PunchlistItemStatus>;

/** A CRITICAL defect rejects the stage; the others let it pass with a punchlist. */
export const PunchlistItemSeverity = z.enum(['CRITICAL', 'MAJOR', 'MINOR']);
export type PunchlistItemSeverity = z.infer<typeof PunchlistItemSeverity>;
