import { z } from 'zod';

/** Where a submission stands; COMPLETED and CANCELLED are the ends. */
export const SubmissionStatus = z.enum([
  'DRAFT',
  'QA_REVIEW',
  'IN_REVIEW',
  'APPROVED',
  'APPROVED_WITH_PUNCHLIST',
  'RECTIFICATION',
  'COMPLETED',
  'CANCELLED',
]);
export type SubmissionStatus = z.infer<typeof SubmissionStatus>;

/** What a submitted document is. */
export const DocumentType = z.enum(['ATP_FORM', 'TEST_REPORT', 'PHOTO', 'DRAWING', 'CERTIFICATE', 'OTHER']);
export type DocumentType = z.infer<typeof DocumentType>;
