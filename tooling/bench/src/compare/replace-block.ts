import { BenchError } from '../bench-error.ts';

const [BEGIN, END] = ['<!-- written by pnpm bench compare -->', '<!-- to here -->'];

/**
 * The document with `block` between its marks.
 * @throws {BenchError} when it does not have each of them once, in their order
 */
export function replaceBlock(document: string, block: string, file: string): string {
  const [before, rest, ...more] = document.split(BEGIN);
  const [, after, ...evenMore] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined || more.length + evenMore.length > 0) {
    throw new BenchError(
      `${file} needs the lines ${BEGIN} and ${END}, each once: the table goes between them.`,
    );
  }
  return `${before}${BEGIN}\n\n${block}\n\n${END}${after}`;
}
