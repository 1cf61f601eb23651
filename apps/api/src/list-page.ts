import { Prisma, type WorkspaceDb } from '@apms/db';
import type { SortDirection } from '@apms/validators';
import { z } from 'zod';
import { AppError } from './errors.ts';

/** A list in the order of one column, read page by page. */
export interface PageQuery {
  /** `select …` with quoted camelCase aliases, without `from`. */
  readonly select: Prisma.Sql;
  /** `from …` with its joins. */
  readonly from: Prisma.Sql;
  /** Conditions that all hold; row-level security adds the workspace. */
  readonly where: readonly Prisma.Sql[];
  /** A column that is never null, with the type its cursor is cast to. */
  readonly sort: { readonly column: Prisma.Sql; readonly type: 'text' | 'timestamptz' | 'integer' | 'date' };
  /** The primary key, which makes the order total. */
  readonly id: Prisma.Sql;
  readonly direction: SortDirection;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface Page<Row> {
  readonly items: Row[];
  readonly nextCursor: string | null;
}

const Cursor = z.tuple([z.string(), z.string()]);

/** A page by keyset, in one round trip: as quick on the thousandth page as on the first. @throws {AppError} CURSOR_INVALID */
export async function listPage<Row extends object>(db: WorkspaceDb, query: PageQuery): Promise<Page<Row>> {
  const { select, from, sort, id, limit } = query;
  const [order, after] =
    query.direction === 'asc' ? [Prisma.sql`asc`, Prisma.sql`>`] : [Prisma.sql`desc`, Prisma.sql`<`];
  const conditions = [...query.where];
  if (query.cursor !== undefined) {
    const [value, lastId] = readCursor(query.cursor, sort.type);
    const cast = Prisma.raw(`::${sort.type}`);
    conditions.push(Prisma.sql`(${sort.column}, ${id}) ${after} (${value}${cast}, ${lastId}::text)`);
  }
  const where =
    conditions.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join(conditions, ' and ')}`;
  const rows = await db.query<(Row & { cursorValue: string; cursorId: string })[]>(
    Prisma.sql`
    ${select}, ${sort.column}::text as "cursorValue", ${id} as "cursorId"
    ${from}
    ${where}
    order by ${sort.column} ${order}, ${id} ${order}
    limit ${limit + 1}`,
    // The index of its order serves whatever the values are; planning so many joins takes longer than reading a page.
    { plan: 'generic' },
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor =
    rows.length > limit && last !== undefined ? writeCursor(last.cursorValue, last.cursorId) : null;
  return { items, nextCursor };
}

function writeCursor(value: string, id: string): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url');
}

function readCursor(cursor: string, type: PageQuery['sort']['type']): [value: string, id: string] {
  try {
    const [value, id] = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    const readable =
      type === 'text' || (type === 'integer' ? /^-?\d{1,9}$/.test(value) : !Number.isNaN(Date.parse(value)));
    if (!readable || `${value}${id}`.includes('\u0000')) throw new RangeError(value);
    return [value, id];
  } catch (cause) {
    throw new AppError({ code: 'CURSOR_INVALID' }, { cause });
  }
}

/** A pattern for `ilike` that finds `text` anywhere, with nothing in it special. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;
}
