import type { DeploymentReport } from '@apms/validators';
import type { Block, Table } from '../document.ts';
import { formatCount, plural } from '../format.ts';

type RowCount = DeploymentReport['rowCounts'][number];

const count = (rows: number | null) => (rows === null ? null : formatCount(rows));
const signed = (change: number) =>
  change === 0 ? '' : `${change > 0 ? '+' : '−'}${formatCount(Math.abs(change))}`;

const hasChanged = ({ before, after, byMigrations }: RowCount) =>
  byMigrations !== 0 || (after !== null && before !== after);

const NOTE: Block = {
  kind: 'paragraph',
  text: 'Before: in the backup. After: on the target, at the end; clients may have written meanwhile.',
};

/** How many rows each table had and has; the tables in which nothing happened are folded. */
export function rowsBlocks({ rowCounts }: DeploymentReport): Block[] {
  if (rowCounts.length === 0) return [];
  const [changed, same] = [rowCounts.filter(hasChanged), rowCounts.filter((rows) => !hasChanged(rows))];
  const rows = formatCount(same.reduce((sum, { before }) => sum + (before ?? 0), 0));
  // Where nothing was written, nobody counted again.
  const isCounted = rowCounts.some(({ after }) => after !== null);
  const caption = isCounted ? 'Tables with as many rows as before' : 'Tables in the backup';
  const folded = isCounted
    ? `${plural(same.length, 'table')} with as many rows as before, ${rows} in all`
    : `${plural(same.length, 'table')} with ${rows} rows in the backup`;
  return [
    ...(isCounted ? [NOTE] : []),
    ...(changed.length === 0 ? [] : [tableOf('Tables whose rows became more or fewer', changed)]),
    ...(same.length === 0 ? [] : [{ ...tableOf(caption, same), folded }]),
  ];
}

function tableOf(caption: string, rowCounts: readonly RowCount[]): Table {
  return {
    kind: 'table',
    caption,
    columns: [
      { head: 'table' },
      { head: 'before', figures: true },
      { head: 'after', figures: true },
      { head: 'change', figures: true },
      { head: 'by the migrations', figures: true },
    ],
    rows: rowCounts.map(({ table, before, after, byMigrations }) => [
      [{ code: table }],
      count(before),
      count(after),
      before === null || after === null ? '' : signed(after - before),
      signed(byMigrations),
    ]),
  };
}
