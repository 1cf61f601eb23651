import { PunchlistItemSeverity, RaisedItem, StageDecision, Text } from '@apms/validators';
import { z } from 'zod';

/** A document that was uploaded, with its name. */
const AttachedDocument = z.object({ id: z.string(), name: z.string() });
export type AttachedDocument = z.infer<typeof AttachedDocument>;

const documents = z.array(AttachedDocument);

/** A decision as it is entered, which may be half of one: what is kept as a draft. */
export const DecisionDraft = z.object({
  decision: StageDecision,
  comment: z.string(),
  documents,
  items: z.array(
    z.object({
      description: z.string(),
      severity: PunchlistItemSeverity,
      itemCode: z.string(),
      documents,
    }),
  ),
});
export type DecisionDraft = z.infer<typeof DecisionDraft>;

const documentIds = documents
  .transform((all) => all.map(({ id }) => id))
  .pipe(RaisedItem.shape.documentIds.unwrap());

const items = z
  .array(
    z.object({
      description: RaisedItem.shape.description,
      severity: PunchlistItemSeverity,
      itemCode: z.string().trim().max(40),
      documents: documentIds,
    }),
  )
  .max(200)
  .refine((all) => {
    const codes = all.map(({ itemCode }) => itemCode).filter((code) => code !== '');
    return new Set(codes).size === codes.length;
  });

/** A {@link DecisionDraft} that is complete; gives what the API is sent, but for the stage. */
export const CompleteDecision = DecisionDraft.transform((draft) => ({
  ...draft,
  // What was entered of defects is kept while an approval is considered, and not sent with it.
  items: draft.decision === 'APPROVE' ? [] : draft.items,
}))
  .pipe(z.object({ decision: StageDecision, comment: Text, documents: documentIds, items }))
  .transform(({ comment, documents: ofAll, items: defects, ...rest }) => ({
    ...rest,
    comment: comment.trim() === '' ? null : comment.trim(),
    documentIds: ofAll,
    items: defects.map(({ itemCode, documents: ofItem, ...item }) => ({
      ...item,
      documentIds: ofItem,
      ...(itemCode !== '' && { itemCode }),
    })),
  }));
export type CompleteDecision = z.infer<typeof CompleteDecision>;
