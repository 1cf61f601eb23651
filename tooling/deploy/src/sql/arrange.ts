import { type Classification, classifyStatements } from './classify.ts';
import type { Inverse } from './inverse.ts';
import { dependOnEachOther, type Mentions } from './mentions.ts';
import { parseSql, type SqlSyntaxError, type Statement } from './parse.ts';
import { type Part, type Piece, partOf, partsOf, piecesOf } from './part.ts';

/** A pending migration: its name and its file's text. */
export interface MigrationSql {
  name: string;
  sql: string;
}

/** Parts that run together in one transaction. */
export interface TransactionUnit {
  kind: 'transaction';
  parts: Part[];
}

/** One statement that PostgreSQL runs only outside a transaction block. */
export interface AloneUnit extends Part {
  kind: 'alone';
  statement: Statement;
  /** The line of the file on which the statement begins. */
  line: number;
  reason: string;
  inverse: Inverse | undefined;
}

export type ExecutionUnit = TransactionUnit | AloneUnit;

export interface ArrangeOptions {
  /**
   * What the target's catalog knows about a relation: an index's table, a partition's ancestors. Without it a
   * statement that drops an index is never moved, because nothing in it says which table it concerns.
   */
  relatedRelations?: (name: string) => readonly string[];
}

/**
 * Orders the pending migrations for applying: as much as possible in one transaction at the end, so that a failure
 * before its commit costs a rollback and the inverses. A statement that must run alone goes before the transaction
 * where it can be undone and depends on nothing in it; elsewhere the transaction before it is committed first.
 */
export async function arrangeMigrations(
  migrations: readonly MigrationSql[],
  options: ArrangeOptions = {},
): Promise<ExecutionUnit[] | SqlSyntaxError> {
  const pieces: Piece[] = [];
  for (const { name, sql } of migrations) {
    const script = await parseSql(sql, name);
    if (script.kind === 'syntax-error') return script;
    pieces.push(...piecesOf(script));
  }
  const classificationOf = classifyPieces(pieces);

  const units: ExecutionUnit[] = [];
  let open: Piece[] = [];
  const commit = () => {
    if (open.length > 0) units.push({ kind: 'transaction', parts: partsOf(open) });
    open = [];
  };
  for (const piece of pieces) {
    const classification = classificationOf.get(piece);
    if (classification?.transactional !== false || !piece.statement) {
      open.push(piece);
      continue;
    }
    const before = open.flatMap((earlier) => classificationOf.get(earlier)?.mentions ?? []);
    if (!canPrecede(classification, before, options)) commit();
    const { statement } = piece;
    const { reason, inverse } = classification;
    units.push({ kind: 'alone', ...partOf([piece]), statement, line: statement.startLine, reason, inverse });
  }
  commit();
  return units;
}

function classifyPieces(pieces: readonly Piece[]): Map<Piece, Classification> {
  const withStatement = pieces.filter((piece) => piece.statement !== undefined);
  const classifications = classifyStatements(withStatement.flatMap(({ statement }) => statement ?? []));
  const result = new Map<Piece, Classification>();
  for (const [index, piece] of withStatement.entries()) {
    const classification = classifications[index];
    if (classification) result.set(piece, classification);
  }
  return result;
}

function canPrecede(
  { inverse, mentions }: Classification & { transactional: false },
  open: readonly Mentions[],
  { relatedRelations }: ArrangeOptions,
): boolean {
  if (inverse === undefined) return false;
  const related = [...mentions.relations].flatMap((name) => relatedRelations?.(name) ?? []);
  // An index named alone says nothing of its table; a VACUUM that names nothing concerns every table.
  const unknownReach =
    mentions.relations.size === 0 || (inverse.kind === 'recreate-index' && related.length === 0);
  const reach: Mentions = {
    ...mentions,
    relations: new Set([...mentions.relations, ...related]),
    opaque: mentions.opaque || unknownReach,
  };
  return !open.some((earlier) => dependOnEachOther(earlier, reach));
}
