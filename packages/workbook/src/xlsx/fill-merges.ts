import type { RowBudget } from './row-budget.ts';
import { cellName, parseArea, type SheetRow } from './sheet.ts';

/**
 * Writes the text of each merged area's first cell into its other cells, as a reader of the sheet sees it,
 * and names those cells. Only rows and columns that hold anything are touched, however large the area.
 * @throws {FILE_TOO_LARGE} when overlapping areas repeat too much
 */
export function fillMerges(
  rows: readonly SheetRow[],
  areas: readonly string[],
  budget: RowBudget,
): Set<string> {
  const filled = new Set<string>();
  if (areas.length === 0) return filled;
  const width = rows.reduce((widest, row) => Math.max(widest, row.cells.length), 0);
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  const numbers = rows.map((row) => row.number);
  for (const reference of areas) {
    const area = parseArea(reference);
    if (area === undefined) continue;
    const text = byNumber.get(area.top)?.cells[area.left] ?? '';
    const right = Math.min(area.right, width - 1);
    budget.spendCells(1);
    if (text === '') continue;
    for (let index = firstFrom(numbers, area.top); index < rows.length; index += 1) {
      const row = rows[index];
      if (row === undefined || row.number > area.bottom) break;
      budget.spendCells(Math.max(1, right - area.left + 1));
      for (let column = area.left; column <= right; column += 1) {
        if ((row.cells[column] ?? '') !== '') continue;
        while (row.cells.length < column) row.cells.push('');
        row.cells[column] = text;
        filled.add(cellName(column, row.number));
      }
    }
  }
  return filled;
}

function firstFrom(numbers: readonly number[], from: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
