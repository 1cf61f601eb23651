import type { ConfigRow, ConfigRowKind } from '@apms/validators';
import { type Column, type ColumnLook, columnsOf } from '../../ui/table-columns.ts';
import { fieldsOf, type useRowText } from './use-row-text.ts';

/** A field with its look, and what is said below it where the screen is too narrow for columns of their own. */
type FieldColumn = readonly [field: string, look?: ColumnLook, below?: readonly string[]];

const from = (hideBelow: ColumnLook['hideBelow']): ColumnLook => (hideBelow ? { hideBelow } : {});

/** What a table shows of each kind of row; a row that is opened says all. */
const fields: Readonly<Record<ConfigRowKind, readonly FieldColumn[]>> = {
  scopes: [
    ['scopeCode'],
    ['scopeName', from('sm')],
    ['atpCategory'],
    ['requiresCluster', from('md')],
    ['isActive', from('md')],
  ],
  vendors: [['vendorCode'], ['vendorName'], ['vendorType', from('md')], ['isActive', from('sm')]],
  roles: [
    ['roleCode'],
    ['roleName', from('sm')],
    ['hierarchyOrder'],
    ['stageGroup', from('sm')],
    ['isFinalApprover', from('md')],
  ],
  policies: [
    ['policyCode'],
    ['scopeCode', from('sm')],
    ['vendorCode', from('sm')],
    ['atpCategory'],
    ['fallbackPriority', from('lg')],
    ['isActive', from('lg')],
  ],
  stages: [
    ['scopeCode'],
    ['vendorCode', from('sm')],
    ['atpCategory', from('lg')],
    ['stageNumber', { width: 'w-20' }],
    ['roleCode'],
    ['slaHours', from('md')],
    ['assignmentMode', from('md')],
  ],
  clusters: [
    ['clusterCode', {}, ['scopeCode']],
    ['scopeCode', { width: 'w-36', hideBelow: 'sm' }],
    ['region', from('md')],
    ['province', from('lg')],
    ['mSequence', from('lg')],
    ['siteCount', { width: 'w-20' }],
  ],
  approvers: [
    ['clusterCode', {}, ['roleCode', 'email']],
    ['scopeCode', from('md')],
    ['roleCode', { width: 'w-28', hideBelow: 'sm' }],
    ['rank', { width: 'w-20' }],
    ['email', from('sm')],
  ],
};

const { display } = columnsOf<ConfigRow>();

export function rowColumns(kind: ConfigRowKind, text: ReturnType<typeof useRowText>): Column<ConfigRow>[] {
  const valueOf = (row: ConfigRow, field: string) =>
    text.value(field, fieldsOf(row).find(([name]) => name === field)?.[1]);
  return fields[kind].map(([field, look = {}, below = []]) =>
    display({
      id: field,
      header: text.name(field),
      cell: ({ row: { original: row } }) => (
        <>
          {valueOf(row, field)}
          {below.map((other) => (
            <span key={other} className="block text-quiet sm:hidden">
              {valueOf(row, other)}
            </span>
          ))}
        </>
      ),
      meta: look,
    }),
  );
}
