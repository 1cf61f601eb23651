type Cell = string | number | null;

/** A column's heading; figures stand to the right. */
export type Column = string | { right: string };

/** Longer cells are not padded to: they would push the rest off every screen. */
const WIDEST = 60;

const text = (cell: Cell) =>
  String(cell ?? '–')
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ');

/** A Markdown table whose columns are aligned also where nothing renders it. */
export function table(columns: readonly Column[], rows: readonly Cell[][]): string {
  const heads = columns.map((column) => (typeof column === 'string' ? column : column.right));
  const isRight = columns.map((column) => typeof column !== 'string');
  const lines = [heads, ...rows].map((row) => row.map(text));
  const widths = heads.map((_, index) =>
    Math.min(WIDEST, Math.max(3, ...lines.map((line) => line[index]?.length ?? 0))),
  );
  const line = (cells: readonly string[]) => {
    const padded = cells.map((cell, index) => {
      const width = widths[index] ?? 0;
      if (isRight[index]) return cell.padStart(width);
      return index === cells.length - 1 ? cell : cell.padEnd(width);
    });
    return `| ${padded.join(' | ')} |`;
  };
  const rule = widths.map((width, index) =>
    isRight[index] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  const [head = [], ...body] = lines;
  return [line(head), line(rule), ...body.map(line)].join('\n');
}
