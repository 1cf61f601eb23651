import type { ConfigRow, ConfigRowKind } from '@apms/validators';
import { type Column, type ColumnLook, columnsOf } from '../../ui/table-columns.ts';
import { fieldsOf, type useRowText } from './use-row-text.ts';

type FieldColumn = readonly [field: string, look?: ColumnLook];

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
    ['clusterCode'],
    ['scopeCode', { width: 'w-36' }],
    ['region', from('md')],
    ['province', from('lg')],
    ['mSequence', from('lg')],
    ['siteCount', from('sm')],
  ],
  approvers: [
    ['clusterCode'],
    ['scopeCode', from('md')],
    ['roleCode', { width: 'w-28' }],
    ['rank', { width: 'w-20', hideBelow: 'sm' }],
    ['email'],
  ],
};

const { display } = columnsOf<ConfigRow>();

export function rowColumns(kind: ConfigRowKind, text: ReturnType<typeof useRowText>): Column<ConfigRow>[] {
  return fields[kind].map(([field, look = {}]) =>
    display({
      id: field,
      header: text.name(field),
      cell: ({ row: { original: row } }) =>
        text.value(field, fieldsOf(row).find(([name]) => name === field)?.[1]),
      meta: look,
    }),
  );
}
