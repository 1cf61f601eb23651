import type { ParsedScript, Statement } from './parse.ts';
import { SourceText } from './source-text.ts';

/** A stretch of one migration's file, sent to the server whole. */
export interface Part {
  migration: string;
  /** The file's own text, comments included; a file that is sent in one part is here unchanged. */
  sql: string;
  /** Where `sql` begins in the file. */
  firstLine: number;
  firstColumn: number;
  startByte: number;
  /** Without statements where the file holds nothing but comments. */
  statements: Statement[];
}

/** One statement with all the text between it and the one before. */
export interface Piece {
  script: ParsedScript;
  startByte: number;
  endByte: number;
  statement: Statement | undefined;
}

/** Cuts a file after each statement; together the pieces are the file, byte for byte. */
export function piecesOf(script: ParsedScript): Piece[] {
  const { statements, source } = script;
  if (statements.length === 0) {
    return [{ script, startByte: 0, endByte: source.byteLength, statement: undefined }];
  }
  return statements.map((statement, index) => ({
    script,
    startByte: statements[index - 1]?.endByte ?? 0,
    endByte: index === statements.length - 1 ? source.byteLength : statement.endByte,
    statement,
  }));
}

/** Joins pieces that follow each other in a file. */
export function partsOf(pieces: readonly Piece[]): Part[] {
  const runs: [Piece, ...Piece[]][] = [];
  for (const piece of pieces) {
    const run = runs.at(-1);
    const previous = run?.at(-1);
    if (run && previous?.script === piece.script && previous.endByte === piece.startByte) run.push(piece);
    else runs.push([piece]);
  }
  return runs.map(partOf);
}

/** The part that pieces make up, each following the one before. */
export function partOf(run: readonly [Piece, ...Piece[]]): Part {
  const [{ script, startByte }] = run;
  const { line, column } = script.source.positionOf(startByte);
  return {
    migration: script.file,
    sql: script.source.slice(startByte, run.at(-1)?.endByte ?? startByte),
    firstLine: line,
    firstColumn: column,
    startByte,
    statements: run.flatMap(({ statement }) => statement ?? []),
  };
}

/** Cuts a part so that each statement can be measured by itself; INSERTs that follow each other stay together. */
export function partPerStatement(part: Part): Part[] {
  const { statements } = part;
  if (statements.length < 2) return [part];
  const lasts = statements.filter(
    ({ kind }, index) => kind !== 'InsertStmt' || statements[index + 1]?.kind !== 'InsertStmt',
  );
  const source = new SourceText(part.sql);
  return lasts.map((last, index) => {
    const startByte = lasts[index - 1]?.endByte ?? part.startByte;
    const end = last === statements.at(-1) ? source.byteLength : last.endByte - part.startByte;
    const { line, column } = source.positionOf(startByte - part.startByte);
    return {
      migration: part.migration,
      sql: source.slice(startByte - part.startByte, end),
      firstLine: part.firstLine + line - 1,
      firstColumn: line === 1 ? part.firstColumn + column - 1 : column,
      startByte,
      statements: statements.filter((one) => one.startByte >= startByte && one.endByte <= last.endByte),
    };
  });
}
