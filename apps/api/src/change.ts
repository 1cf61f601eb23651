import { z } from 'zod';

const userIds = z.array(z.string()).nullable();

/** What is told to every process of the API, as JSON on the channel {@link CHANGE_CHANNEL}. */
export const AnnouncedChange = z.discriminatedUnion('kind', [
  /** What awaits these people in a workspace is not the same any more; null for all of its people. */
  z.object({ kind: z.literal('inbox'), workspaceId: z.string(), userIds }),
  /** What these people may do is not the same any more, or one of their sessions ended; null for everybody. */
  z.object({ kind: z.literal('access'), userIds }),
  /** How far the import of a document has come. */
  z.object({
    kind: z.literal('importProgress'),
    workspaceId: z.string(),
    documentId: z.string(),
    phase: z.string(),
    sheet: z.string().nullable(),
    rowsDone: z.int(),
    rowsTotal: z.int().nullable(),
  }),
]);
export type AnnouncedChange = z.infer<typeof AnnouncedChange>;

/** What a subscriber gets. After `resync` changes may have been missed: whatever is watched has to be read anew. */
export type Change = AnnouncedChange | { readonly kind: 'resync' };

export const CHANGE_CHANNEL = 'apms_changes';

/** PostgreSQL takes messages below 8000 bytes. */
export const MAX_CHANGE_BYTES = 7_999;
