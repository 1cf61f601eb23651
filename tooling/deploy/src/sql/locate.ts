import type { Statement } from './parse.ts';
import type { Part } from './part.ts';
import { type SourcePosition, SourceText } from './source-text.ts';

/** Where in a migration's file a server's error points. */
export interface Location extends SourcePosition {
  statement: Statement | undefined;
}

/**
 * Translates the `position` of a server's error (characters in the text that was sent, from 1) into line, column and
 * statement of the migration's file.
 */
export function locate(part: Part, position: number): Location {
  const text = new SourceText(part.sql);
  const byte = text.byteOfCharacter(position - 1);
  const { line, column } = text.positionOf(byte);
  return {
    line: part.firstLine + line - 1,
    column: line === 1 ? part.firstColumn + column - 1 : column,
    statement:
      part.statements.find(({ endByte }) => part.startByte + byte < endByte) ?? part.statements.at(-1),
  };
}
