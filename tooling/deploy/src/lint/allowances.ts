import type { ParsedScript, Statement } from '../sql/parse.ts';
import { scanSql } from '../sql/scan-sql.ts';
import { type SourcePosition } from '../sql/source-text.ts';

/** A `-- deploy:allow RULE REASON` comment, with the statement that it stands before, in or behind. */
export interface Allowance extends SourcePosition {
  rule: string;
  /** Empty where none was written. */
  reason: string;
  /** Undefined where no statement follows. */
  statement: Statement | undefined;
  comment: string;
}

const MARK = 'deploy:allow';

/** Reads the allowances of a file. The scanner tells comments from strings that look like them. */
export function readAllowances({ source, statements }: ParsedScript): Allowance[] {
  const text = source.slice(0, source.byteLength);
  if (!text.includes(MARK)) return [];
  return scanSql(text).flatMap((token) => {
    const comment = source.slice(token.start, token.end).trim();
    const [mark, rule = '', ...reason] = wordsOf(comment.slice('--'.length));
    if (token.tokenName !== 'SQL_COMMENT' || mark !== MARK) return [];
    const position = source.positionOf(token.start);
    const statement = statementOf(
      token.start,
      position.line,
      statements,
      (byte) => source.positionOf(byte).line,
    );
    return [{ ...position, rule, reason: reason.join(' '), statement, comment }];
  });
}

/** The statement around the comment, else the one that ends on its line, else the next one. */
function statementOf(
  byte: number,
  line: number,
  statements: readonly Statement[],
  lineOf: (byte: number) => number,
): Statement | undefined {
  const next = statements.find(({ endByte }) => byte < endByte);
  if (next && next.startByte <= byte) return next;
  const previous = statements.findLast(({ endByte }) => endByte <= byte);
  return previous && lineOf(previous.endByte - 1) === line ? previous : next;
}

function wordsOf(text: string): string[] {
  return text
    .split(' ')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
