import type { Selection } from './table-columns.ts';

/** The selection with this row in it if it was not, and without it if it was. */
export function toggleRow(selection: Selection, id: string): Selection {
  const { [id]: wasSelected = false, ...others } = selection;
  return wasSelected ? others : { ...others, [id]: true };
}

/** Whether every row is selected. Only a selection that has enough rows is compared with all of them. */
export function isEveryRowSelected<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  selection: Selection,
): boolean {
  if (items.length === 0 || Object.keys(selection).length < items.length) return false;
  return items.every((item) => selection[idOf(item)] === true);
}
