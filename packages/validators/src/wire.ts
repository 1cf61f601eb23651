import { z } from 'zod';

/** Id of a row: a time-ordered UUID as text. Its shape is not checked, for imported rows may have others. */
export const Id = z.string().min(1).max(64);

/** Id of a workspace, which is a UUID. */
export const WorkspaceId = z.uuid();

/** A moment. Domain functions may give a `Date`; on the wire it is an ISO string in UTC. */
export const Instant = z
  .union([z.date(), z.string()])
  .transform((value) => (typeof value === 'string' ? value : value.toISOString()))
  .pipe(z.iso.datetime({ offset: true }));

/** A day without a time, `YYYY-MM-DD`. */
export const Day = z.iso.date();

/** An integer beyond what a number holds exactly; a decimal string on the wire. */
export const BigInteger = z
  .union([z.bigint(), z.int(), z.string()])
  .transform(String)
  .pipe(z.string().regex(/^-?\d+$/));

/** Free text that a person wrote. NUL and halves of characters are refused because PostgreSQL cannot hold them. */
export const Text = z
  .string()
  .max(4_000)
  .refine((text) => !text.includes('\u0000'), { error: 'must not contain NUL' })
  .refine((text) => text.isWellFormed(), { error: 'must be well-formed Unicode' });

/** {@link Text} that says something. Composed, so that what looks the same is the same. */
export const RequiredText = Text.normalize('NFC')
  .trim()
  .min(1)
  .refine((text) => text === '' || /\P{Default_Ignorable_Code_Point}/u.test(text), {
    error: 'must be visible',
  });

/** By which people and workbooks name a row of the configuration. */
export const Code = RequiredText.max(80);

export const SortDirection = z.enum(['asc', 'desc']);
export type SortDirection = z.infer<typeof SortDirection>;

/** Which part of a list is wanted: `cursor` is the `nextCursor` of the page before, with the same filters and order. */
export const PageInput = z.object({
  limit: z.int().min(1).max(200).default(50),
  cursor: z.string().max(1_000).optional(),
  direction: SortDirection.optional(),
});
export type PageInput = z.infer<typeof PageInput>;

/** A page of a list; `nextCursor` is null on the last one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** What a domain function returns for an output schema, before it is put on the wire. */
export type Produced<Schema extends z.ZodType> = z.input<Schema>;
