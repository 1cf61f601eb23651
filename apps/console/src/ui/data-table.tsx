import { type Row, useTable } from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { ErrorNote } from './error-note.tsx';
import type { PagedRows } from './paged-rows.ts';
import { type Column, classOfColumn, dataTableFeatures, type Selection } from './table-columns.ts';

export interface DataTableProps<Item extends object> {
  /** What the table lists, for those who do not see it. */
  readonly label: string;
  /** The same array from one rendering to the next. */
  readonly columns: Column<Item>[];
  readonly rows: PagedRows<Item>;
  readonly idOf: (item: Item) => string;
  /** What a row is called when it is selected; needed with `selection`. */
  readonly nameOf?: (item: Item) => string;
  /** Opens a row, by a click anywhere in it, Enter or `o`. */
  readonly onOpen?: (item: Item) => void;
  readonly selection?: Selection;
  readonly onSelectionChange?: (selection: Selection) => void;
  /** Further keys for the row that has the focus; true when it did something. */
  readonly onKey?: (item: Item, key: string) => boolean;
}

const ROW_HEIGHT = 53;
const OVERSCAN = 12;
/** So many rows before the end the next page is asked for. */
const AHEAD = 30;

/**
 * A list of any length, of which only what is on the screen exists, and which reads on as it is scrolled. One row has
 * the focus: arrows, `j`, `k`, Home and End move it, Enter opens it, `x` or the space bar selects it.
 */
export function DataTable<Item extends object>(props: DataTableProps<Item>) {
  const { label, columns, rows, idOf, nameOf, onOpen, selection = {}, onSelectionChange, onKey } = props;
  const t = useTranslations('common');
  const isSelectable = onSelectionChange !== undefined;
  const table = useTable({
    features: dataTableFeatures,
    columns,
    data: rows.items,
    getRowId: idOf,
    enableRowSelection: isSelectable,
    state: { rowSelection: selection },
    onRowSelectionChange: (update) =>
      onSelectionChange?.(typeof update === 'function' ? update(selection) : update),
  });
  const { rows: tableRows } = table.getRowModel();
  const body = useRef<HTMLTableSectionElement>(null);
  const [offset, setOffset] = useState(0);
  const virtual = useWindowVirtualizer({
    count: tableRows.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin: offset,
    getItemKey: (index) => tableRows[index]?.id ?? index,
  });
  useLayoutEffect(() => {
    const { top } = body.current?.getBoundingClientRect() ?? { top: 0 };
    setOffset(top + window.scrollY);
  }, []);

  const visible = virtual.getVirtualItems();
  const last = visible.at(-1)?.index ?? -1;
  const { loadMore } = rows;
  const isNearEnd = last >= tableRows.length - AHEAD;
  useEffect(() => {
    if (isNearEnd) loadMore?.();
  }, [isNearEnd, loadMore]);

  const [focusedId, setFocusedId] = useState<string | null>(null);
  const wanted = useRef<number | null>(null);
  const focusedIndex = Math.max(
    tableRows.findIndex(({ id }) => id === focusedId),
    0,
  );
  // The row may come into being only after the list was scrolled to it.
  useEffect(() => {
    const element = body.current?.querySelector<HTMLElement>(`tr[data-index="${wanted.current}"]`);
    if (!element) return;
    wanted.current = null;
    element.focus();
  });

  function moveTo(index: number): void {
    const bounded = Math.min(Math.max(index, 0), tableRows.length - 1);
    const row = tableRows[bounded];
    if (row === undefined) return;
    setFocusedId(row.id);
    wanted.current = bounded;
    virtual.scrollToIndex(bounded, { align: 'auto' });
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>, row: Row<typeof dataTableFeatures, Item>): void {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key === 'ArrowDown' || key === 'j') moveTo(row.index + 1);
    else if (key === 'ArrowUp' || key === 'k') moveTo(row.index - 1);
    else if (key === 'Home') moveTo(0);
    else if (key === 'End') moveTo(tableRows.length - 1);
    else if ((key === 'Enter' || key === 'o') && onOpen !== undefined) onOpen(row.original);
    else if ((key === ' ' || key === 'x') && isSelectable) row.toggleSelected();
    else if (onKey?.(row.original, key) !== true) return;
    event.preventDefault();
  }

  function onClick(event: MouseEvent<HTMLElement>, item: Item): void {
    const { target } = event;
    if (onOpen === undefined || !(target instanceof Element)) return;
    // A control in the row does its own thing, and whoever marks a text does not want to leave.
    if (target.closest('a, button, input, label, select') || window.getSelection()?.isCollapsed === false)
      return;
    onOpen(item);
  }

  const before = (visible[0]?.start ?? offset) - offset;
  const after = virtual.getTotalSize() - ((visible.at(-1)?.end ?? offset) - offset);
  const width = columns.length + (isSelectable ? 1 : 0);

  return (
    <div className="rounded-lg border border-line bg-surface">
      <table
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- its rows take the focus
        role="grid"
        aria-label={label}
        aria-rowcount={rows.hasMore ? -1 : tableRows.length + 1}
        className="w-full table-fixed border-collapse text-left text-sm"
      >
        <thead className="sticky top-(--header-height) z-10 bg-surface text-quiet shadow-[0_1px_0_var(--color-line)]">
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} aria-rowindex={1}>
              {isSelectable && (
                <th scope="col" className="w-11 px-3 py-2.5">
                  <input
                    type="checkbox"
                    className="size-4 accent-accent"
                    aria-label={t('selectAll')}
                    checked={tableRows.length > 0 && table.getIsAllRowsSelected()}
                    onChange={table.getToggleAllRowsSelectedHandler()}
                  />
                </th>
              )}
              {group.headers.map((header) => (
                <th
                  key={header.id}
                  scope="col"
                  className={`px-3 py-2.5 font-medium ${classOfColumn(header.column.columnDef.meta)}`}
                >
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody ref={body}>
          {before > 0 && <Spacer height={before} width={width} />}
          {visible.map(({ index, key }) => {
            const row = tableRows[index];
            if (row === undefined) return null;
            const isSelected = row.getIsSelected();
            return (
              <tr
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                aria-rowindex={index + 2}
                aria-selected={isSelectable ? isSelected : undefined}
                tabIndex={index === focusedIndex ? 0 : -1}
                onFocus={() => setFocusedId(row.id)}
                onKeyDown={(event) => onKeyDown(event, row)}
                onClick={(event) => onClick(event, row.original)}
                className={`scroll-mt-28 border-t border-line -outline-offset-2 first:border-t-0 ${onOpen === undefined ? '' : 'cursor-pointer'} ${isSelected ? 'bg-accent-soft' : 'hover:bg-raised'}`}
              >
                {isSelectable && (
                  <td className="px-3 py-2.5">
                    <input
                      type="checkbox"
                      tabIndex={-1}
                      className="size-4 accent-accent"
                      aria-label={t('selectRow', { name: nameOf?.(row.original) ?? row.id })}
                      checked={isSelected}
                      onChange={row.getToggleSelectedHandler()}
                    />
                  </td>
                )}
                {row.getAllCells().map((cell) => (
                  <td
                    key={cell.id}
                    className={`px-3 py-2.5 align-top break-words ${classOfColumn(cell.column.columnDef.meta)}`}
                  >
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            );
          })}
          {after > 0 && <Spacer height={after} width={width} />}
        </tbody>
      </table>
      {rows.error !== null && (
        <div className="p-3">
          <ErrorNote error={rows.error}>
            <Button look="ghost" onClick={rows.retry}>
              {t('retry')}
            </Button>
          </ErrorNote>
        </div>
      )}
      {rows.isLoadingMore && (
        <p role="status" className="border-t border-line p-3 text-center text-sm text-quiet">
          {t('loadingMore')}
        </p>
      )}
    </div>
  );
}

/** Stands for the rows that are not on the screen. */
function Spacer({ height, width }: { readonly height: number; readonly width: number }) {
  return (
    <tr aria-hidden role="presentation">
      <td colSpan={width} style={{ height }} className="p-0" />
    </tr>
  );
}
