import { FlexRender, type Row } from '@tanstack/react-table';
import type { Ref } from 'react';
import { useTranslations } from 'use-intl';
import { type Column, classOfColumn, type dataTableFeatures } from './table-columns.ts';

export interface DataTableRowProps<Item extends object> {
  readonly row: Row<typeof dataTableFeatures, Item>;
  readonly columns: Column<Item>[];
  /** Its place in the whole list. */
  readonly index: number;
  /** What it is called when it is selected. */
  readonly name: string;
  readonly isSelectable: boolean;
  readonly isSelected: boolean;
  /** Whether it is the one row that the tabulator reaches. */
  readonly isCurrent: boolean;
  /** Whether its item is shown beside the list. */
  readonly isOpen: boolean;
  readonly isOpenable: boolean;
  readonly onSelect: (item: Item, isRange: boolean) => void;
  /** Tells the list how high it came out. */
  readonly measure: Ref<HTMLTableRowElement>;
}

/** One row of a {@link DataTable}; what is pressed in it, the table hears. */
export function DataTableRow<Item extends object>(props: DataTableRowProps<Item>) {
  const { row, index, name, isSelectable, isSelected, isCurrent, isOpen, isOpenable, onSelect, measure } =
    props;
  const t = useTranslations('common');
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={isSelectable ? isSelected : undefined}
      aria-current={isOpen || undefined}
      tabIndex={isCurrent ? 0 : -1}
      className={`scroll-mt-28 border-t border-line -outline-offset-2 first:border-t-0 ${isOpenable ? 'cursor-pointer' : ''} ${isSelected ? 'bg-accent-soft' : isOpen ? 'bg-raised' : 'hover:bg-raised'} ${isOpen ? 'shadow-[inset_3px_0_0_var(--color-accent)]' : ''}`}
    >
      {isSelectable && (
        <td className="px-3 py-2.5">
          <input
            type="checkbox"
            tabIndex={-1}
            className="size-4 accent-accent"
            aria-label={t('selectRow', { name })}
            checked={isSelected}
            onChange={({ nativeEvent }) =>
              onSelect(row.original, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
            }
          />
        </td>
      )}
      {row.getAllCells().map((cell) => (
        <td
          key={cell.id}
          className={`px-3 py-2.5 align-top break-words ${classOfColumn(cell.column.columnDef.meta)}`}
        >
          <FlexRender cell={cell} />
        </td>
      ))}
    </tr>
  );
}

/** Scrolling makes new rows of the table's, of the same items: what is on the screen already is not rendered again. */
export function isSameRow<Item extends object>(
  before: DataTableRowProps<Item>,
  after: DataTableRowProps<Item>,
): boolean {
  return (
    before.row.original === after.row.original &&
    before.columns === after.columns &&
    before.index === after.index &&
    before.name === after.name &&
    before.isSelectable === after.isSelectable &&
    before.isSelected === after.isSelected &&
    before.isCurrent === after.isCurrent &&
    before.isOpen === after.isOpen &&
    before.isOpenable === after.isOpenable &&
    before.onSelect === after.onSelect &&
    before.measure === after.measure
  );
}
