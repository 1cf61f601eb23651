/** A place in a file as an editor shows it: line and column (in characters) count from 1. */
export interface SourcePosition {
  line: number;
  column: number;
}

const LINE_FEED = 0x0a;

/** SQL text addressed by the parser's byte offsets, by the server's character offsets, or by line and column. */
export class SourceText {
  readonly #bytes: Buffer;
  readonly #lineStarts: number[] = [0];

  constructor(text: string) {
    this.#bytes = Buffer.from(text, 'utf8');
    for (let at = this.#bytes.indexOf(LINE_FEED); at !== -1; at = this.#bytes.indexOf(LINE_FEED, at + 1)) {
      this.#lineStarts.push(at + 1);
    }
  }

  get byteLength(): number {
    return this.#bytes.length;
  }

  /** The text between two byte offsets. */
  slice(startByte: number, endByte: number): string {
    return this.#bytes.toString('utf8', startByte, endByte);
  }

  /** The line and column of a byte offset. */
  positionOf(byte: number): SourcePosition {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= byte) low = middle;
      else high = middle - 1;
    }
    const beforeOnLine = this.#bytes.subarray(this.#lineStarts[low] ?? 0, byte);
    return { line: low + 1, column: beforeOnLine.filter(startsCharacter).length + 1 };
  }

  /** The byte offset of the character (code point) with this offset, counted from 0. */
  byteOfCharacter(offset: number): number {
    let characters = 0;
    for (const [byte, value] of this.#bytes.entries()) {
      if (!startsCharacter(value)) continue;
      if (characters === offset) return byte;
      characters += 1;
    }
    return this.#bytes.length;
  }

  /** The text from a byte offset to the end of its line. */
  restOfLine(byte: number): string {
    const lineFeed = this.#bytes.indexOf(LINE_FEED, byte);
    return this.slice(byte, lineFeed === -1 ? this.#bytes.length : lineFeed);
  }
}

/** How many characters (code points) a text has, which is what columns count. */
export function countCharacters(text: string): number {
  return Buffer.from(text, 'utf8').filter(startsCharacter).length;
}

/** Whether a byte of UTF-8 is the first of its character. */
function startsCharacter(byte: number): boolean {
  return (byte & 0xc0) !== 0x80;
}
