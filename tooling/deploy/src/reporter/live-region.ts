import { stripVTControlCharacters } from 'node:util';
import { createLogUpdate } from 'log-update';

/** The last lines of a terminal, drawn again and again; what is printed goes above them. */
export interface LiveRegion {
  draw(lines: readonly string[]): void;
  print(text: string): void;
  /** Removes the lines and gives the cursor back. */
  clear(): void;
}

const ERASE_LINE_AND_GO_UP = '\u001B[2K\u001B[1A';

/** A stream that knows its size, and tells when it changes. */
type Screen = NodeJS.WritableStream & { columns: number };

/** The live region of a terminal. A line must be narrower than the terminal, see {@link columnsOf}. */
export function liveRegion(terminal: Screen): LiveRegion {
  const update = createLogUpdate(terminal);
  let drawn: readonly string[] = [];
  const clear = () => {
    update.clear();
    drawn = [];
  };
  // A terminal that gets narrower breaks the lines that stand there, so that more of them are to be removed.
  terminal.on('resize', () => {
    const broken = drawn.reduce((sum, line) => {
      const width = stripVTControlCharacters(line).length;
      return sum + Math.max(1, Math.ceil(width / terminal.columns)) - 1;
    }, 0);
    terminal.write(ERASE_LINE_AND_GO_UP.repeat(broken));
    clear();
  });
  return {
    draw(lines) {
      drawn = lines;
      update(lines.join('\n'));
    },
    print(text) {
      const below = drawn;
      update.clear();
      terminal.write(`${text}\n`);
      if (below.length > 0) update(below.join('\n'));
    },
    clear() {
      clear();
      update.done();
    },
  };
}

/** How wide a line may be: one that fills the terminal wraps in some. */
export function columnsOf(terminal: Screen): number {
  return Math.max(20, (terminal.columns || 80) - 1);
}
