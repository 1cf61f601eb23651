import type { ReactNode } from 'react';

export interface SmallTableProps {
  /** What the table says; only for those who do not see it, unless `isCaptionShown`. */
  readonly caption: string;
  readonly isCaptionShown?: boolean;
  readonly columns: readonly { readonly head: string; readonly align?: 'right' }[];
  /** Cells in the order of the columns; the first one names the row. */
  readonly rows: readonly { readonly id: string; readonly cells: readonly ReactNode[] }[];
}

/** A table of few rows, all of which are there. It is scrolled by itself where it is wider than the screen. */
export function SmallTable({ caption, isCaptionShown = false, columns, rows }: SmallTableProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what is scrolled has to be reachable by keys
    <section aria-label={caption} tabIndex={0} className="overflow-x-auto rounded">
      <table className="w-full border-collapse text-left text-sm">
        <caption className={isCaptionShown ? 'pb-2 text-left text-sm font-medium' : 'sr-only'}>
          {caption}
        </caption>
        <thead>
          <tr className="text-quiet">
            {columns.map(({ head, align }) => (
              <th key={head} scope="col" className={`py-1.5 pr-4 font-medium last:pr-0 ${sideOf(align)}`}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells }) => (
            <tr key={id} className="border-t border-line align-top">
              {columns.map(({ head, align }, index) =>
                index === 0 ? (
                  <th key={head} scope="row" className={`py-1.5 pr-4 font-normal ${sideOf(align)}`}>
                    {cells[index]}
                  </th>
                ) : (
                  <td key={head} className={`py-1.5 pr-4 last:pr-0 ${sideOf(align)}`}>
                    {cells[index]}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function sideOf(align: 'right' | undefined): string {
  return align === 'right' ? 'text-right whitespace-nowrap tabular-nums' : '';
}
