import { FlexRender, useTable } from '@tanstack/react-table';
import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useTranslations } from 'use-intl';
import { DataTableFooter } from './data-table-footer.tsx';
import { DataTableRow, isSameRow } from './data-table-row.tsx';
import type { PagedRows } from './paged-rows.ts';
import { isEveryRowSelected, rowsBetween, toggleRows } from './row-selection.ts';
import { type Column, classOfColumn, dataTableFeatures, type Selection } from './table-columns.ts';
import { useCurrentRow } from './use-current-row.ts';
import { useDistanceFromTop } from './use-distance-from-top.ts';
import { useLatest } from './use-latest.ts';

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
  /** The row whose item is shown beside the list. While there is one, the keys that move the focus open where they lead. */
  readonly openId?: string | undefined;
  /** A row that is pointed at or has the focus, and so may be opened next. */
  readonly onNear?: (item: Item) => void;
  /** Kept at the index of the last row that is on the screen or has the focus. */
  readonly reach?: RefObject<number>;
}

const ROW_HEIGHT = 53;
const OVERSCAN = 12;
/** So many rows before the end the next page is asked for. */
const AHEAD = 30;
const nothingSelected: Selection = {};

/**
 * A list of any length, of which only what is on the screen exists, and which reads on as it is scrolled. One row has
 * the focus: arrows, `j`, `k`, Home and End move it, Enter opens it, `x` or the space bar selects it, with Shift
 * all from the last one to it. When the row with the focus vanishes, the one in its place gets it. No key and no
 * scrolling costs more in a long list than in a short one.
 */
export function DataTable<Item extends object>(props: DataTableProps<Item>) {
  const {
    label,
    columns,
    rows,
    idOf,
    nameOf,
    onOpen,
    selection = nothingSelected,
    onSelectionChange,
    openId,
    onNear,
    reach,
  } = props;
  const { items, hasMore, loadMore } = rows;
  const t = useTranslations('common');
  const isSelectable = onSelectionChange !== undefined;
  const body = useRef<HTMLTableSectionElement>(null);
  const distance = useDistanceFromTop(body);
  const { currentIndex, setCurrent } = useCurrentRow(items, idOf);
  const virtual = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin: distance,
    getItemKey: useCallback(
      (index: number) => {
        const item = items[index];
        return item === undefined ? index : idOf(item);
      },
      [items, idOf],
    ),
    // The row that has the focus stays, however far one scrolls: the keys go on from it.
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range);
        if (currentIndex >= range.count || shown.includes(currentIndex)) return shown;
        return [...shown, currentIndex].toSorted((a, b) => a - b);
      },
      [currentIndex],
    ),
  });
  const visible = virtual.getVirtualItems().flatMap((place) => {
    const item = items[place.index];
    return item === undefined ? [] : [{ ...place, item }];
  });
  // The table is given the rows on the screen only: what it makes of them is made anew with each page that is read.
  const table = useTable({
    features: dataTableFeatures,
    columns,
    data: visible.map(({ item }) => item),
    getRowId: idOf,
  });
  const { rows: tableRows } = table.getRowModel();
  // A component of its own for each table, for its rows are of the table's type.
  const [{ MemoRow }] = useState(() => ({ MemoRow: memo(DataTableRow<Item>, isSameRow<Item>) }));

  const last = virtual.range?.endIndex ?? -1;
  useEffect(() => {
    if (reach !== undefined) reach.current = Math.max(last, currentIndex);
  });
  const isNearEnd = last >= items.length - AHEAD;
  useEffect(() => {
    if (isNearEnd) loadMore?.();
  }, [isNearEnd, loadMore]);

  const wanted = useRef<number | null>(null);
  const hasFocus = useRef(false);
  // React tells of no blur when it is a row's end that takes its focus away.
  useEffect(() => {
    if (hasFocus.current && document.activeElement === document.body) wanted.current = currentIndex;
  });
  // The row may come into being only after the list was scrolled to it.
  useEffect(() => {
    if (wanted.current === null) return;
    const element = body.current?.querySelector<HTMLElement>(`tr[data-index="${wanted.current}"]`);
    if (!element) return;
    wanted.current = null;
    element.focus({ preventScroll: true });
  });

  const latest = useLatest(props);
  const lastSelected = useRef<string | null>(null);
  const toggle = useCallback(
    (item: Item, isRange: boolean) => {
      const {
        selection: present = nothingSelected,
        onSelectionChange: tell,
        idOf: id,
        rows: all,
      } = latest.current;
      const ids = isRange ? rowsBetween(all.items.map(id), lastSelected.current, id(item)) : [id(item)];
      lastSelected.current = id(item);
      tell?.(toggleRows(present, id(item), ids));
    },
    [latest],
  );

  function toggleAll(isWanted: boolean): void {
    const all = isWanted ? Object.fromEntries(items.map((item) => [idOf(item), true])) : {};
    onSelectionChange?.(all);
  }

  function moveTo(index: number): void {
    const bounded = Math.min(Math.max(index, 0), items.length - 1);
    setCurrent(bounded);
    wanted.current = bounded;
    virtual.scrollToIndex(bounded, { align: 'auto' });
    const item = items[bounded];
    if (openId !== undefined && item !== undefined) onOpen?.(item);
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const index = indexOf(event.target);
    const item = items[index];
    // A control in a row has keys of its own.
    if (item === undefined || !(event.target instanceof HTMLTableRowElement)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key === 'ArrowDown' || key === 'j') moveTo(index + 1);
    else if (key === 'ArrowUp' || key === 'k') moveTo(index - 1);
    else if (key === 'Home') moveTo(0);
    else if (key === 'End') moveTo(items.length - 1);
    else if ((key === 'Enter' || key === 'o') && onOpen !== undefined) onOpen(item);
    else if ((key === ' ' || key.toLowerCase() === 'x') && isSelectable) toggle(item, event.shiftKey);
    else if (props.onKey?.(item, key) !== true) return;
    event.preventDefault();
  }

  function onClick({ target }: MouseEvent<HTMLElement>): void {
    const item = items[indexOf(target)];
    if (onOpen === undefined || item === undefined || !(target instanceof Element)) return;
    // A control in the row does its own thing, and whoever marks a text does not want to leave.
    if (target.closest('a, button, input, label, select, summary')) return;
    if (window.getSelection()?.isCollapsed === false) return;
    onOpen(item);
  }

  function tellNear(target: EventTarget): void {
    const item = items[indexOf(target)];
    if (item !== undefined) onNear?.(item);
  }

  const end = visible.at(-1)?.end ?? distance;

  return (
    <div className="overflow-clip rounded-lg border border-line bg-surface">
      <table
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- its rows take the focus
        role="grid"
        aria-label={label}
        aria-rowcount={hasMore ? -1 : items.length + 1}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onFocus={({ target }) => {
          const index = indexOf(target);
          if (index >= 0) setCurrent(index);
          hasFocus.current = index >= 0;
          tellNear(target);
        }}
        onBlur={({ target }) => {
          // While the window itself has lost the focus, the row keeps it.
          hasFocus.current = document.activeElement === target;
        }}
        onPointerOver={({ target }) => tellNear(target)}
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
                    checked={isEveryRowSelected(items, idOf, selection)}
                    onChange={({ target }) => toggleAll(target.checked)}
                  />
                </th>
              )}
              {group.headers.map((header) => (
                <th
                  key={header.id}
                  scope="col"
                  className={`px-3 py-2.5 font-medium ${classOfColumn(header.column.columnDef.meta)}`}
                >
                  <FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody ref={body}>
          {visible.flatMap(({ index, key, start, item }, position) => {
            const row = tableRows[position];
            if (row === undefined) return [];
            const gap = start - (visible[position - 1]?.end ?? distance);
            return [
              gap > 0 && <Spacer key={`before ${key}`} height={gap} />,
              <MemoRow
                key={key}
                row={row}
                columns={columns}
                index={index}
                name={nameOf?.(item) ?? row.id}
                isSelectable={isSelectable}
                isSelected={selection[row.id] === true}
                isCurrent={index === currentIndex}
                isOpen={row.id === openId}
                isOpenable={onOpen !== undefined}
                onSelect={toggle}
                measure={virtual.measureElement}
              />,
            ];
          })}
          {virtual.getTotalSize() + distance > end && (
            <Spacer height={virtual.getTotalSize() + distance - end} />
          )}
        </tbody>
      </table>
      <DataTableFooter rows={rows} />
    </div>
  );
}

/** Which row of the list an event happened in; -1 for none. */
function indexOf(target: EventTarget): number {
  if (!(target instanceof Element)) return -1;
  return Number(target.closest<HTMLElement>('tr[data-index]')?.dataset['index'] ?? -1);
}

/** Stands for the rows that are not on the screen. One cell: more of them would be columns that a phone has not. */
function Spacer({ height }: { readonly height: number }) {
  return (
    <tr aria-hidden role="presentation">
      <td style={{ height }} className="p-0" />
    </tr>
  );
}
