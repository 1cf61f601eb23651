import { type DoStmt, parsePlPgSQLSync, parseSync } from 'libpg-query';
import type { Statement } from '../sql/parse.ts';
import { countCharacters, SourceText } from '../sql/source-text.ts';
import { type Fields, isFields, nameParts, walk } from '../sql/tree.ts';

/** What can be read of a `DO` block before it runs. */
export interface CodeBlock {
  /** The statements written out in it; whether each of them runs is not known. */
  statements: Statement[];
  /** It also runs statements that are put together, or functions. */
  isOpaque: boolean;
  controlsTransaction: boolean;
}

const TRANSACTION_TAGS = new Set(['PLpgSQL_stmt_commit', 'PLpgSQL_stmt_rollback']);
const OPAQUE_TAGS = new Set(['PLpgSQL_stmt_call', 'PLpgSQL_stmt_dynfors', 'PLpgSQL_stmt_open']);

/** Reads a code block; undefined where the statement is none. */
export function readCodeBlock(statement: Statement): CodeBlock | undefined {
  if (!('DoStmt' in statement.node)) return undefined;
  const block: CodeBlock = { statements: [], isOpaque: false, controlsTransaction: false };
  const { DoStmt: code } = statement.node;
  if (languageOf(code) !== 'plpgsql') return { ...block, isOpaque: true };
  const firstLine = lineOfBody(statement, code);
  try {
    walk(parsePlPgSQLSync(statement.text), (fields, tag) => {
      const { lineno } = fields;
      const line = firstLine + (typeof lineno === 'number' ? lineno : 1) - 1;
      const found = sqlOf(fields, tag);
      const nested = found === undefined ? undefined : nestedStatements(found, statement, line);
      block.statements.push(...(nested ?? []));
      block.controlsTransaction ||= TRANSACTION_TAGS.has(tag);
      block.isOpaque ||= OPAQUE_TAGS.has(tag) || performsFunction(fields, tag);
      block.isOpaque ||= tag === 'PLpgSQL_stmt_dynexecute' && nested === undefined;
    });
  } catch {
    // Code that fails when it runs.
    block.isOpaque = true;
  }
  return block;
}

function languageOf({ args = [] }: DoStmt): string {
  for (const arg of args) {
    if (!('DefElem' in arg) || arg.DefElem.defname !== 'language') continue;
    return nameParts(arg.DefElem.arg).join();
  }
  return 'plpgsql';
}

function lineOfBody({ startByte, startLine, text }: Statement, { args = [] }: DoStmt): number {
  for (const arg of args) {
    if (!('DefElem' in arg) || arg.DefElem.defname !== 'as') continue;
    const offset = (arg.DefElem.location ?? startByte) - startByte;
    return startLine + new SourceText(text).positionOf(offset).line - 1;
  }
  return startLine;
}

/** The SQL of a static statement, or of a dynamic one whose text is a plain string. */
function sqlOf(fields: Fields, tag: string): string | undefined {
  if (tag === 'PLpgSQL_stmt_execsql') return queryOf(fields['sqlstmt']);
  if (tag !== 'PLpgSQL_stmt_dynexecute') return undefined;
  const expression = parseSync(`select ${queryOf(fields['query']) ?? 'null'}`).stmts?.[0]?.stmt;
  const [target] = expression && 'SelectStmt' in expression ? (expression.SelectStmt.targetList ?? []) : [];
  const value = target && 'ResTarget' in target ? target.ResTarget.val : undefined;
  return value && 'A_Const' in value ? value.A_Const.sval?.sval : undefined;
}

function queryOf(expression: unknown): string | undefined {
  if (!isFields(expression) || !isFields(expression['PLpgSQL_expr'])) return undefined;
  const { query } = expression['PLpgSQL_expr'];
  return typeof query === 'string' ? query : undefined;
}

function nestedStatements(sql: string, outer: Statement, line: number): Statement[] {
  return (parseSync(sql).stmts ?? []).flatMap(({ stmt: node }) => {
    if (node === undefined) return [];
    const kind = Object.keys(node)[0] ?? '';
    const lines = sql.split('\n');
    const [endLine, endColumn] = [line + lines.length - 1, countCharacters(lines.at(-1) ?? '') + 1];
    return { ...outer, kind, node, text: sql, startLine: line, startColumn: 1, endLine, endColumn };
  });
}

function performsFunction(fields: Fields, tag: string): boolean {
  if (tag !== 'PLpgSQL_stmt_perform') return false;
  let calls = false;
  walk(parseSync(queryOf(fields['expr']) ?? 'select 1'), (_fields, inner) => {
    calls ||= inner === 'FuncCall';
  });
  return calls;
}
