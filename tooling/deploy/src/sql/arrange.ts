import { type ClassifiedPiece, classifyMigrations, type MigrationSql } from './classify-migrations.ts';
import { type Inverse, inversesOf } from './inverse.ts';
import { dependOnEachOther, type Mentions } from './mentions.ts';
import type { SqlSyntaxError, Statement } from './parse.ts';
import { type Part, partOf, partsOf } from './part.ts';

/** Parts that run together in one transaction. */
export interface TransactionUnit {
  kind: 'transaction';
  parts: Part[];
  /** What undoes it once it is committed, the latest last; undefined where nothing short of the backup does. */
  inverses: Inverse[] | undefined;
  /** What keeps it within the lock budget; undefined where it goes by the target's settings alone. */
  limits?: Limits;
}

/** How long a transaction may keep others waiting. */
export interface Limits {
  lockTimeoutMs: number;
  attempts: number;
  /** From its beginning to its commit, waiting for locks included; no limit where it keeps nobody waiting. */
  allowedMs: number | undefined;
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

/** {@link arrange} from the files. */
export async function arrangeMigrations(
  migrations: readonly MigrationSql[],
  options: ArrangeOptions = {},
): Promise<ExecutionUnit[] | SqlSyntaxError> {
  const pieces = await classifyMigrations(migrations);
  return Array.isArray(pieces) ? arrange(pieces, options) : pieces;
}

/**
 * Orders the pending migrations for applying: as much as possible in one transaction at the end, so that a failure
 * before its commit costs a rollback and the inverses. A statement that must run alone goes before the transaction
 * where it can be undone and depends on nothing in it; elsewhere the transaction before it is committed first.
 */
export function arrange(pieces: readonly ClassifiedPiece[], options: ArrangeOptions): ExecutionUnit[] {
  const units: ExecutionUnit[] = [];
  let open: ClassifiedPiece[] = [];
  const commit = () => {
    if (open.length > 0) units.push(transactionOf(open));
    open = [];
  };
  for (const piece of pieces) {
    const alone = aloneOf(piece);
    if (alone === undefined) {
      open.push(piece);
      continue;
    }
    const reach = reachOf(piece, options);
    const mayPrecede = open.every((earlier) => !dependOnEachOther(mentionsOfPiece(earlier), reach));
    if (alone.inverse === undefined || !mayPrecede) commit();
    units.push(alone);
  }
  commit();
  return units;
}

/** The transaction that pieces make up, in their order. */
export function transactionOf(pieces: readonly ClassifiedPiece[]): TransactionUnit {
  const inverses = pieces.map(({ statement }) => (statement ? inversesOf(statement.node) : []));
  const known = inverses.flatMap((some) => some ?? []);
  const complete = inverses.every((some) => some !== undefined);
  return { kind: 'transaction', parts: partsOf(pieces), inverses: complete ? known : undefined };
}

/** The unit of a statement that runs only outside a transaction; undefined for any other. */
export function aloneOf(piece: ClassifiedPiece | undefined): AloneUnit | undefined {
  const { classification, statement } = piece ?? {};
  if (piece === undefined || classification?.transactional !== false || statement === undefined)
    return undefined;
  const { reason, inverse } = classification;
  return { kind: 'alone', ...partOf([piece]), statement, line: statement.startLine, reason, inverse };
}

const NOTHING: Mentions = { relations: new Set(), uses: new Set(), changes: new Set(), opaque: false };

/** What a piece names. */
export function mentionsOfPiece({ classification }: ClassifiedPiece): Mentions {
  return classification?.mentions ?? NOTHING;
}

/** What a piece has to do with, the catalog asked: of a statement that runs alone, nothing may be left unknown. */
export function reachOf(piece: ClassifiedPiece, { relatedRelations }: ArrangeOptions): Mentions {
  const { classification } = piece;
  const mentions = mentionsOfPiece(piece);
  const related = [...mentions.relations].flatMap((name) => relatedRelations?.(name) ?? []);
  // An index named alone says nothing of its table; a VACUUM that names nothing concerns every table.
  const isUnknown =
    classification?.transactional === false &&
    (mentions.relations.size === 0 ||
      (classification.inverse?.kind === 'recreate-index' && related.length === 0));
  return {
    ...mentions,
    relations: new Set([...mentions.relations, ...related]),
    opaque: mentions.opaque || isUnknown,
  };
}

/** Whether a unit is undone without the backup: by the server itself before its commit, by inverses after it. */
export function isReversible(unit: ExecutionUnit, isLast: boolean): boolean {
  return isLast || (unit.kind === 'alone' ? unit.inverse : unit.inverses) !== undefined;
}
