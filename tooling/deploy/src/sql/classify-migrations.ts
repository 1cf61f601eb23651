import { type Classification, classifyStatements } from './classify.ts';
import { parseSql, type SqlSyntaxError } from './parse.ts';
import { type Piece, piecesOf } from './part.ts';

/** A pending migration: its name and its file's text. */
export interface MigrationSql {
  name: string;
  sql: string;
}

/** One statement of the pending migrations; the classification is missing where a file holds nothing but comments. */
export interface ClassifiedPiece extends Piece {
  classification: Classification | undefined;
}

/** The statements of all pending migrations in their order, or the syntax error of the first file that has one. */
export async function classifyMigrations(
  migrations: readonly MigrationSql[],
): Promise<ClassifiedPiece[] | SqlSyntaxError> {
  const pieces: Piece[] = [];
  for (const { name, sql } of migrations) {
    const script = await parseSql(sql, name);
    if (script.kind === 'syntax-error') return script;
    pieces.push(...piecesOf(script));
  }
  const classifications = classifyStatements(pieces.flatMap(({ statement }) => statement ?? []));
  let next = 0;
  return pieces.map((piece) => ({
    ...piece,
    classification: piece.statement === undefined ? undefined : classifications[next++],
  }));
}
