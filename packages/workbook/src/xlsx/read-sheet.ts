import { CellReader } from './cell-reader.ts';
import { fillMerges } from './fill-merges.ts';
import { mailtoAddress } from './mailto-address.ts';
import type { Archive } from './open-archive.ts';
import { type Attributes, parsePart } from './parse-part.ts';
import type { RowBudget } from './row-budget.ts';
import { cellName, parseArea, parseCellName, type Sheet, type SheetRow } from './sheet.ts';

/** Where a sheet lies in the archive. */
export interface SheetPart {
  name: string;
  part: string;
  isHidden: boolean;
  /** Targets of the sheet's relationships by id. */
  targets: ReadonlyMap<string, string>;
}

const columnLimit = 512;

/** Reads the cells of one sheet. @throws {FILE_UNREADABLE | FILE_TOO_LARGE} */
export async function readSheet(
  archive: Archive,
  part: SheetPart,
  strings: readonly string[],
  budget: RowBudget,
): Promise<Sheet> {
  const rows: SheetRow[] = [];
  const links = new Map<string, string>();
  const errors = new Map<string, string>();
  const merges: string[] = [];
  const cell = new CellReader(strings);
  let row: SheetRow = { number: 0, cells: [] };
  let column = -1;

  const openRow = (attribute: Attributes) => {
    row = { number: positionOf(attribute('r')) ?? row.number + 1, cells: [] };
    column = -1;
  };
  const openCell = (attribute: Attributes) => {
    const position = parseCellName(attribute('r') ?? '');
    column = position?.column ?? column + 1;
    if (position !== undefined && row.number === 0) row.number = position.row;
    cell.open(attribute('t'));
  };
  const closeCell = () => {
    const text = cell.close();
    if (column >= columnLimit) return;
    if (cell.link !== undefined) links.set(cellName(column, row.number), cell.link);
    if (cell.isError) errors.set(cellName(column, row.number), text);
    else if (text !== '') {
      while (row.cells.length < column) row.cells.push('');
      row.cells[column] = text;
    }
  };
  const closeRow = () => {
    if (row.cells.length === 0) return;
    budget.spend(part.name, row.cells.length);
    rows.push(row);
  };

  await parsePart(archive, part.part, {
    open(element, attribute) {
      if (element === 'row') openRow(attribute);
      else if (element === 'c') openCell(attribute);
      else if (element === 'hyperlink') addLink(links, part.targets, attribute);
      else if (element === 'mergeCell') merges.push(attribute('ref') ?? '');
      else if (element === 'dimension') budget.expect(parseArea(attribute('ref') ?? '')?.bottom);
      else cell.openPart(element);
    },
    text: (text) => cell.text(text),
    close(element) {
      if (element === 'c') closeCell();
      else if (element === 'row') closeRow();
      else cell.closePart(element);
    },
  });
  rows.sort((a, b) => a.number - b.number);
  const merged = fillMerges(rows, merges, budget);
  return { name: part.name, isHidden: part.isHidden, rows, links, merged, errors };
}

function addLink(links: Map<string, string>, targets: ReadonlyMap<string, string>, attribute: Attributes) {
  const area = parseArea(attribute('ref') ?? '');
  const email = mailtoAddress(targets.get(attribute('id') ?? '') ?? '');
  if (area !== undefined && email !== undefined) links.set(cellName(area.left, area.top), email);
}

function positionOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined;
}
