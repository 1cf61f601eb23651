import type { Selection } from './table-columns.ts';

/** The selection with all of these rows in it if the first was not, and without them if it was. */
export function toggleRows(selection: Selection, first: string, ids: readonly string[]): Selection {
  if (selection[first] !== true) return { ...selection, ...Object.fromEntries(ids.map((id) => [id, true])) };
  const gone = new Set(ids);
  return Object.fromEntries(Object.entries(selection).filter(([id]) => !gone.has(id)));
}

/** The rows from one to the other, both of them too; only the other when the list has no such one (any more). */
export function rowsBetween(ids: readonly string[], one: string | null, other: string): string[] {
  const places = [one === null ? -1 : ids.indexOf(one), ids.indexOf(other)];
  if (places.includes(-1)) return [other];
  return ids.slice(Math.min(...places), Math.max(...places) + 1);
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
