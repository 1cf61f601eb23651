import type { WorkbookLimits } from '../limits.ts';
import { Refusal } from '../refusal.ts';

/** Told after every thousand rows: the sheet, its rows so far, and how many it says to have. */
export type OnRows = (sheet: string, rowsDone: number, rowsTotal: number) => void;

/** Counts what all sheets of a workbook hold together. */
export class RowBudget {
  readonly #limits: WorkbookLimits;
  readonly #onRows: OnRows;
  #rows = 0;
  #cells = 0;
  #sheetRows = 0;
  #sheetTotal = 0;

  constructor(limits: WorkbookLimits, onRows: OnRows) {
    this.#limits = limits;
    this.#onRows = onRows;
  }

  /** Opens the next sheet by the number of rows that it declares, which need not be true. */
  expect(rowsTotal = 0): void {
    this.#sheetRows = 0;
    this.#sheetTotal = rowsTotal;
  }

  /** Takes one row with so many cells. @throws {FILE_TOO_LARGE} */
  spend(sheet: string, cells: number): void {
    this.#rows += 1;
    this.#sheetRows += 1;
    this.spendCells(cells);
    if (this.#rows > this.#limits.rows) {
      throw new Refusal('FILE_TOO_LARGE', `The workbook has more than ${this.#limits.rows} rows.`);
    }
    if (this.#sheetRows % 1000 === 0) {
      this.#onRows(sheet, this.#sheetRows, Math.max(this.#sheetTotal, this.#sheetRows));
    }
  }

  /** @throws {FILE_TOO_LARGE} */
  spendCells(cells: number): void {
    this.#cells += cells;
    if (this.#cells > this.#limits.cells) {
      throw new Refusal('FILE_TOO_LARGE', `The workbook has more than ${this.#limits.cells} cells.`);
    }
  }
}
