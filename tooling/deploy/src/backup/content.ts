import type pg from 'pg';
import { escapeIdentifier } from '../postgres.ts';
import type { OnProgress } from '../progress.ts';
import { listRelations, type Relation } from './list-relations.ts';
import type { TableContent } from './manifest.ts';
import { withOutputSettings } from './with-output-settings.ts';

/** 128 MB: large enough that a piece's start-up does not show, small enough to spread one huge table over all sessions. */
const PIECE_PAGES = 16_384;

interface Piece {
  table: string;
  sql: string;
  pages: number;
}

const PAGE_BYTES = 8_192;

/** As much of each large object as one value can hold with ease. */
const LARGE_OBJECT_BYTES = 64 * 1024 * 1024;

const TOTALS = (row: string) =>
  `count(*)::text as rows, coalesce(sum(hashint8extended(hash_record_extended(${row}, 0), 0)), 0)::text as hash`;

/**
 * Counts and hashes every table (leaf partitions, materialized views and large objects too; what belongs to an
 * extension is left out, as in a dump). The hash does not depend on the order of rows nor on the server, and differs
 * when a single value does.
 * The work is spread over the clients, biggest tables first; that they see the same moment is the caller's business.
 */
export async function tableContents(
  clients: readonly pg.ClientBase[],
  onProgress?: OnProgress,
): Promise<TableContent[]> {
  const [first] = clients;
  if (first === undefined) throw new Error('tableContents needs a session.');
  const relations = await listRelations(first);
  const queue = relations.flatMap(pieces).toSorted((a, b) => b.pages - a.pages);
  const sums = new Map<string, { rows: number; hash: bigint }>();
  const tell = counting(queue, relations.length, onProgress);
  await Promise.all(
    clients.map((client) =>
      withOutputSettings(client, async () => {
        for (let piece = queue.shift(); piece !== undefined; piece = queue.shift()) {
          tell.begin(piece);
          const { rows } = await client.query<{ rows: string; hash: string }>(piece.sql);
          tell.end(piece);
          const sum = sums.get(piece.table) ?? { rows: 0, hash: 0n };
          sum.rows += Number(rows[0]?.rows);
          sum.hash += BigInt(rows[0]?.hash ?? 0);
          sums.set(piece.table, sum);
        }
      }).catch((error: unknown) => {
        queue.length = 0;
        throw error;
      }),
    ),
  );
  return relations.map(({ name, kind }) => {
    const { rows, hash } = sums.get(name) ?? { rows: 0, hash: 0n };
    return { table: name, kind, rows, hash: String(hash) };
  });
}

/** Tells of pieces by the bytes of their tables, the only measure that is known before they are read. */
function counting(queue: readonly Piece[], tables: number, onProgress: OnProgress | undefined) {
  const bytesOf = ({ pages }: Piece) => (Number.isFinite(pages) ? pages * PAGE_BYTES : 0);
  const total = queue.reduce((sum, piece) => sum + bytesOf(piece), 0);
  const begun = new Set<string>();
  let done = 0;
  let detail: string | null = null;
  const tell = () => onProgress?.({ label: 'counting and hashing', detail, unit: 'bytes', done, total });
  return {
    begin({ table }: Piece) {
      begun.add(table);
      detail = `table ${begun.size} of ${tables}, ${table}`;
      tell();
    },
    end(piece: Piece) {
      done += bytesOf(piece);
      tell();
    },
  };
}

/** The number of rows of every table, by `schema.table`; all of them in one round trip. */
export async function tableRowCounts(client: pg.ClientBase): Promise<Map<string, number>> {
  const tables = (await listRelations(client)).filter(({ kind }) => kind === 'table');
  if (tables.length === 0) return new Map();
  const counts = tables.map(
    (table, index) => `select ${index} as index, count(*)::text as rows from only ${identifier(table)}`,
  );
  const { rows } = await client.query<{ index: number; rows: string }>(counts.join(' union all '));
  return new Map(rows.map((row) => [tables[row.index]?.name ?? '', Number(row.rows)]));
}

function identifier({ schema, relation }: Relation): string {
  return `${escapeIdentifier(schema)}.${escapeIdentifier(relation)}`;
}

function pieces(relation: Relation): Piece[] {
  const { name: table, kind, pages, columns } = relation;
  if (kind === 'large-objects') {
    const row = `row(oid, lo_get(oid, 0, ${LARGE_OBJECT_BYTES}))`;
    return [
      { table, pages: Number.POSITIVE_INFINITY, sql: `select ${TOTALS(row)} from pg_largeobject_metadata` },
    ];
  }
  const row = `row(${columns.map(hashable).join(', ')})`;
  const sql = `select ${TOTALS(row)} from only ${identifier(relation)} as t`;
  const count = Math.ceil(pages / PIECE_PAGES);
  if (count <= 1) return [{ table, pages, sql }];
  return Array.from({ length: count }, (_, index) => {
    const from = `where ctid >= '(${index * PIECE_PAGES},0)'`;
    // The last piece has no end: the file may have grown since its pages were counted.
    const to = index === count - 1 ? '' : ` and ctid < '(${(index + 1) * PIECE_PAGES},0)'`;
    return { table, pages: PIECE_PAGES, sql: `${sql} ${from}${to}` };
  });
}

/** Types whose own hash tells every two values apart are hashed as they are: three times as fast as their text. */
function hashable({ name, isExact }: Relation['columns'][number]): string {
  const column = `t.${escapeIdentifier(name)}`;
  return isExact ? column : `${column}::text collate "C"`;
}
