import { Prisma } from '@apms/db';

/** `select` of an item as its schema names it, from `punchlist_items i`. */
export const itemColumns = Prisma.sql`
  select i.id, i.punchlist_id as "punchlistId", i.item_code as "itemCode", i.description, i.severity, i.status,
         i.evidence_document_id as "evidenceDocumentId",
         (select d.name from documents d where d.id = i.evidence_document_id and d.workspace_id = i.workspace_id)
           as "evidenceDocumentName",
         i.raised_by_id as "raisedById",
         (select u.display_name from users u where u.id = i.raised_by_id) as "raisedByName", i.comment,
         i.rectified_at as "rectifiedAt", i.validated_at as "validatedAt", i.closed_at as "closedAt",
         i.created_at as "createdAt", i.updated_at as "updatedAt"`;
