import type { BuiltSheet } from './build-xlsx.ts';

/** A matrix of two scopes and the roster of one, as plain as they come. */
export const matrix: BuiltSheet = {
  name: 'Approval_Matrix',
  rows: [
    ['Vendor', 'ATP Scope', 'RTS', 'BO', 'RTH Team', 'NOC Head'],
    ['ZTE, HTI', 'RAN', 'A', null, 'A'],
    [null, 'MW Upgrade', null, 'A', null, 'A'],
  ],
};

export const rosterHeader = [
  'Region',
  'Cluster',
  'Sites#',
  'M-Sequence',
  'MS RTS (L2)',
  'OPCO RTH Team (L3)',
];

export const budi = 'Budi/0812000001/budi@x.example';

export const roster: BuiltSheet = {
  name: 'RAN',
  rows: [
    ['ATP APPROVER RAN'],
    [],
    rosterHeader,
    ['NS', 'Medan-1', 19, 'M1', budi, 'Sari/0812000002/sari@x.example'],
    ['NS', 'Medan-2', 7, 'M-2', 'Tono / tono@x.example / 0812000003', 'Sari/0812000002/sari@x.example'],
  ],
};
