import { type ColumnDef, createColumnHelper, metaHelper, tableFeatures } from '@tanstack/react-table';

/** How a column of a {@link DataTable} is laid out. */
export interface ColumnLook {
  /** A share of the width, `w-1/4`; the columns without one share the rest. */
  readonly width?: `w-${string}`;
  /** Left out on screens narrower than this; its fact should then be said in another column. */
  readonly hideBelow?: 'sm' | 'md' | 'lg' | 'xl';
  readonly align?: 'right';
}

export const dataTableFeatures = tableFeatures({ columnMeta: metaHelper<ColumnLook>() });

export type Column<Row extends object> = ColumnDef<typeof dataTableFeatures, Row>;

/** Which rows are selected, by their ids. */
export type Selection = Record<string, boolean>;

/** Makes the columns of a table of such rows: `columnsOf<Site>().display({ id, header, cell, meta })`. */
export function columnsOf<Row extends object>() {
  return createColumnHelper<typeof dataTableFeatures, Row>();
}

const hidden = {
  sm: 'max-sm:hidden',
  md: 'max-md:hidden',
  lg: 'max-lg:hidden',
  xl: 'max-xl:hidden',
} as const;

export function classOfColumn({ width, hideBelow, align }: ColumnLook = {}): string {
  return [width, hideBelow && hidden[hideBelow], align === 'right' && 'text-right'].filter(Boolean).join(' ');
}
