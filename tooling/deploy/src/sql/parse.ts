import { hasSqlDetails, type Node, parse } from 'libpg-query';
import { SourceText } from './source-text.ts';

/** One statement of a file, with its parse tree and where it stands. */
export interface Statement {
  file: string;
  /** Its place among the file's statements, from 0. */
  index: number;
  /** The tag of its parse tree, such as `IndexStmt`. */
  kind: string;
  node: Node;
  /** The statement without its semicolon and without comments before it. */
  text: string;
  startLine: number;
  startColumn: number;
  /** Just behind its last character, before the semicolon. */
  endLine: number;
  endColumn: number;
  startByte: number;
  /** Just after its semicolon, or the end of the file. */
  endByte: number;
}

/** A file that PostgreSQL's parser accepts. */
export interface ParsedScript {
  kind: 'script';
  file: string;
  source: SourceText;
  statements: Statement[];
}

/** A file that PostgreSQL's parser refuses, and where. */
export interface SqlSyntaxError {
  kind: 'syntax-error';
  file: string;
  line: number;
  column: number;
  message: string;
  /** The text from the error to the end of its line, shortened; empty at the end of the file. */
  near: string;
}

const NEAR_LENGTH = 60;

/** Parses a file with PostgreSQL's own parser. A file of nothing but comments has no statements. */
export async function parseSql(text: string, file: string): Promise<ParsedScript | SqlSyntaxError> {
  const source = new SourceText(text);
  // The parser reads a C string: it would silently ignore everything after a zero byte.
  const zero = text.indexOf('\0');
  if (zero !== -1)
    return syntaxError(source, file, Buffer.byteLength(text.slice(0, zero)), 'invalid zero byte');
  if (text.trim() === '') return { kind: 'script', file, source, statements: [] };
  try {
    const { stmts = [] } = await parse(text);
    const statements = stmts.flatMap(({ stmt, stmt_location: startByte = 0, stmt_len: length }, index) => {
      if (stmt === undefined) return [];
      // The parser leaves the length out where nothing ends the last statement.
      const bodyEnd = length === undefined ? source.byteLength : startByte + length;
      const body = source.slice(startByte, bodyEnd).trimEnd();
      const { line, column } = source.positionOf(startByte);
      const end = source.positionOf(startByte + Buffer.byteLength(body));
      return {
        file,
        index,
        kind: Object.keys(stmt)[0] ?? '',
        node: stmt,
        text: body,
        startLine: line,
        startColumn: column,
        endLine: end.line,
        endColumn: end.column,
        startByte,
        endByte: Math.min(bodyEnd + 1, source.byteLength),
      };
    });
    return { kind: 'script', file, source, statements };
  } catch (error) {
    if (!hasSqlDetails(error)) throw error;
    const byte = source.byteOfCharacter(error.sqlDetails?.cursorPosition ?? 0);
    return syntaxError(source, file, byte, error.message);
  }
}

function syntaxError(source: SourceText, file: string, byte: number, message: string): SqlSyntaxError {
  const near = source.restOfLine(byte).trim().slice(0, NEAR_LENGTH);
  return { kind: 'syntax-error', file, ...source.positionOf(byte), message, near };
}
