import { Prisma } from '@apms/db';

/** `select` of a document as its schema names it, from {@link documentSource}. */
export const documentColumns = Prisma.sql`
  select d.id, d.name, d.media_type as "mediaType", d.size_bytes::float8 as "sizeBytes", d.sha256,
         d.uploaded_by_id as "uploadedById", u.display_name as "uploadedByName", d.created_at as "createdAt"`;

/** Documents with the people who uploaded them. */
export const documentSource = Prisma.sql`from documents d join users u on u.id = d.uploaded_by_id`;
