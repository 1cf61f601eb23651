import type { ImportFindingCode } from '@apms/validators';
import { describe, expect, it } from 'vitest';
import { type BuiltSheet, buildXlsx } from '../../test/support/build-xlsx.ts';
import { budi, matrix, roster, rosterHeader } from '../../test/support/small-workbook.ts';
import { readWorkbook, usualDefaults } from '../index.ts';

function read(...sheets: BuiltSheet[]) {
  return readWorkbook(buildXlsx(sheets), { defaults: usualDefaults });
}

/** The roster with other rows below its header. */
function rosterOf(...rows: BuiltSheet['rows'][number][]): BuiltSheet {
  return { ...roster, rows: [['ATP APPROVER RAN'], rosterHeader, ...rows] };
}

const sari = 'Sari/0812000002/sari@x.example';

async function findingsOf(...sheets: BuiltSheet[]) {
  const { findings } = await read(...sheets);
  return findings.filter((finding) => finding.code !== 'SEAT_WITHOUT_ROSTER');
}

async function findingOf(code: ImportFindingCode, ...sheets: BuiltSheet[]) {
  const { findings } = await read(...sheets);
  return findings.find((finding) => finding.code === code);
}

describe('the matrix', () => {
  it('gives a merged vendor to all its rows and any vendor to a blank one', async () => {
    const merged = { ...matrix, merges: ['A2:A3'] };
    const codes = async (sheet: BuiltSheet) =>
      (await read(sheet, roster)).rows.policies.map((policy) => policy.policyCode);
    expect(await codes(matrix)).toEqual(['RAN-ZTE', 'RAN-HTI', 'MW_UPGRADE-ANY']);
    expect(await codes(merged)).toEqual(['RAN-ZTE', 'RAN-HTI', 'MW_UPGRADE-ZTE', 'MW_UPGRADE-HTI']);
  });

  it('takes categories and hours from the workspace', async () => {
    const defaults = { stageSlaHours: 10, finalStageSlaHours: 5, scopeCategories: { RAN: 'BOTH' } } as const;
    const { rows } = await readWorkbook(buildXlsx([matrix, roster]), { defaults });
    expect(rows.policies[0]).toMatchObject({
      atpCategory: 'BOTH',
      stages: [{ slaHours: 10 }, { slaHours: 5 }],
    });
    expect(rows.scopes.map((scope) => scope.atpCategory)).toEqual(['BOTH', 'SOFTWARE']);
  });

  const row = (...cells: (string | null)[]): BuiltSheet => ({ ...matrix, rows: [...matrix.rows, cells] });
  it.each<[ImportFindingCode, object, BuiltSheet]>([
    ['SCOPE_WITHOUT_CHAIN', { severity: 'WARNING', row: 4, column: 'B', value: 'IPRAN' }, row(null, 'IPRAN')],
    ['MARK_UNREADABLE', { severity: 'ERROR', row: 4, column: 'C', value: 'R' }, row(null, 'IPRAN', 'R', 'A')],
    ['SCOPE_MISSING', { severity: 'ERROR', row: 4, column: 'B' }, row('ZTE', null, 'A')],
    ['POLICY_CONFLICT', { severity: 'ERROR', row: 4, value: 'RAN, HTI' }, row('HTI', 'RAN', null, null, 'A')],
    ['SEAT_ROSTER_MISSING', { severity: 'ERROR', row: 4, column: 'C' }, row('HTI', 'IPRAN', 'A', null, 'A')],
    [
      'COLUMN_DUPLICATE',
      { severity: 'ERROR', row: 1, column: 'G' },
      { ...matrix, rows: [[...(matrix.rows[0] ?? []), 'OPCO RTS'], ...matrix.rows.slice(1)] },
    ],
    [
      'ROLE_UNKNOWN',
      { severity: 'WARNING', column: 'G', value: 'Field Lead' },
      {
        ...matrix,
        rows: [
          [...(matrix.rows[0] ?? []), 'Field Lead'],
          ...matrix.rows.slice(1),
          [null, 'VLAN Tagging', null, null, null, null, 'A'],
        ],
      },
    ],
  ])('reports %s', async (code, facts, sheet) => {
    expect(await findingOf(code, sheet, roster)).toMatchObject({ sheet: 'Approval_Matrix', ...facts });
  });

  it('does not mind a row said twice in the same way', async () => {
    expect(await findingsOf(row('HTI', 'RAN', 'A', null, 'A'), roster)).toEqual([]);
  });
});

describe('a roster', () => {
  const medan = ['NS', 'Medan-1', 19, 'M1', budi, sari];
  it('makes one cluster of several rows: sites are summed, blanks are filled', async () => {
    const { rows, findings } = await read(matrix, rosterOf(medan, [null, 'Medan-1', 3, null, budi, null]));
    expect(rows.clusters).toMatchObject([
      { clusterCode: 'Medan-1', region: 'NS', siteCount: 22, mSequence: 'M1', sourceRow: 3 },
    ]);
    expect(findings.map((finding) => finding.code)).toEqual(['SEAT_WITHOUT_ROSTER', 'SEAT_WITHOUT_ROSTER']);
  });

  it('lets the first of two conflicting rows count and names both', async () => {
    const { rows, findings } = await read(matrix, rosterOf(medan, ['NS', 'Medan-1', 3, 'M2', sari, sari]));
    const conflicts = findings.filter((finding) => finding.code === 'CLUSTER_CONFLICT');
    expect(conflicts).toMatchObject([
      { severity: 'WARNING', sheet: 'RAN', row: 4, column: 'D', value: 'M2' },
      { severity: 'WARNING', sheet: 'RAN', row: 4, column: 'E', value: 'sari@x.example' },
    ]);
    for (const { reason } of conflicts) expect(reason).toMatch(/row 3.*row 4/);
    expect(rows.approvers.filter((row) => row.roleCode === 'RTS').map((row) => row.email)).toEqual([
      'budi@x.example',
    ]);
  });

  it('does not count a merged number of sites again', async () => {
    const sheet = { ...rosterOf(medan, ['NS', 'Medan-2', null, 'M1', budi, sari]), merges: ['C3:C4'] };
    expect((await read(matrix, sheet)).rows.clusters.map((row) => row.siteCount)).toEqual([19, 0]);
  });

  it('reads links, and several people in their order', async () => {
    const linked = { text: 'Budi/0812000001', link: 'mailto:Budi@x.example?subject=ATP' };
    const { rows } = await read(matrix, rosterOf(['NS', 'Medan-1', 1, 'M1', linked, `${sari}; ${budi}`]));
    expect(
      rows.approvers.map(({ roleCode, rank, email, sourceColumn }) => [roleCode, rank, email, sourceColumn]),
    ).toEqual([
      ['RTS', 1, 'budi@x.example', 'E'],
      ['RTH_TEAM', 1, 'sari@x.example', 'F'],
      ['RTH_TEAM', 2, 'budi@x.example', 'F'],
    ]);
  });

  const place = { sheet: 'RAN', row: 3 };
  it.each<[ImportFindingCode, object, (string | number | null | { error: string })[]]>([
    ['SEAT_EMPTY', { severity: 'WARNING', ...place, column: 'E' }, ['NS', 'Medan-1', 1, 'M1', null, sari]],
    ['SEAT_EMPTY', { severity: 'WARNING', ...place, column: 'E' }, ['NS', 'Medan-1', 1, 'M1', '-', sari]],
    [
      'CELL_FORMULA_ERROR',
      { severity: 'WARNING', ...place, column: 'E', value: '#REF!' },
      ['NS', 'Medan-1', 1, 'M1', { error: '#REF!' }, sari],
    ],
    [
      'CELL_TOO_LONG',
      { severity: 'WARNING', ...place, column: 'B' },
      ['NS', 'x'.repeat(201), 1, 'M1', budi, sari],
    ],
    ['CLUSTER_MISSING', { severity: 'WARNING', ...place, column: 'B' }, ['NS', null, 1, 'M1', budi, sari]],
    [
      'SITE_COUNT_UNREADABLE',
      { severity: 'WARNING', ...place, column: 'C', value: 'many' },
      ['NS', 'Medan-1', 'many', 'M1', budi, sari],
    ],
    [
      'M_SEQUENCE_UNREADABLE',
      { severity: 'WARNING', ...place, column: 'D', value: 'late' },
      ['NS', 'Medan-1', 1, 'late', budi, sari],
    ],
    [
      'PERSON_EMAIL_MISSING',
      { severity: 'WARNING', ...place, column: 'E', value: 'Budi' },
      ['NS', 'Medan-1', 1, 'M1', 'Budi', sari],
    ],
    [
      'PERSON_EMAIL_AMBIGUOUS',
      { severity: 'ERROR', ...place, column: 'E' },
      ['NS', 'Medan-1', 1, 'M1', 'B/a@x.example/b@x.example', sari],
    ],
    [
      'PERSON_PHONE_UNREADABLE',
      { severity: 'WARNING', ...place, column: 'E' },
      ['NS', 'Medan-1', 1, 'M1', 'B/12/a@x.example', sari],
    ],
    [
      'PERSON_CONFLICT',
      { severity: 'WARNING', ...place, column: 'F' },
      ['NS', 'Medan-1', 1, 'M1', budi, 'Budiman/budi@x.example'],
    ],
  ])('reports %s with its cell', async (code, facts, cells) => {
    expect(await findingOf(code, matrix, rosterOf(cells))).toMatchObject(facts);
  });

  it('reports clusters that differ in spaces only, and not those that differ in a number', async () => {
    const other = (name: string) => ['NS', name, 1, 'M1', budi, sari];
    const finding = await findingOf('CLUSTER_SIMILAR', matrix, rosterOf(medan, other('me dan_1')));
    expect(finding).toMatchObject({ severity: 'WARNING', row: 4, column: 'B', value: 'me dan_1' });
    expect(await findingsOf(matrix, rosterOf(other('X_1-1'), other('X_11')))).toEqual([]);
  });

  it('reports columns that fit no seat, twice a seat, or a seat that is not marked', async () => {
    const rows = (header: string) => ({
      ...roster,
      rows: roster.rows.map((row, index) =>
        index === 2 ? [...row, header] : index > 2 ? [...row, sari] : row,
      ),
    });
    const at = { sheet: 'RAN', row: 3, column: 'G' };
    const finding = (code: ImportFindingCode, header: string) => findingOf(code, matrix, rows(header));
    expect(await finding('COLUMN_UNRECOGNISED', 'Previous PIC')).toMatchObject({
      severity: 'WARNING',
      ...at,
    });
    expect(await finding('COLUMN_DUPLICATE', 'RTS (L2)')).toMatchObject({ severity: 'ERROR', ...at });
    expect(await finding('SEAT_NOT_MARKED', 'PMO (L4)')).toMatchObject({ severity: 'WARNING', ...at });
    expect((await read(matrix, rows('PMO (L4)'))).rows.roles.map((role) => role.roleCode)).toContain('PMO');
  });
});

describe('sheets', () => {
  it.each<[ImportFindingCode, object, BuiltSheet[]]>([
    ['MATRIX_MISSING', { severity: 'ERROR' }, [roster]],
    ['MATRIX_DUPLICATE', { severity: 'ERROR', sheet: 'Old' }, [matrix, { ...matrix, name: 'Old' }, roster]],
    ['ROSTER_MISSING', { severity: 'ERROR' }, [matrix]],
    [
      'SHEET_SCOPE_UNKNOWN',
      { severity: 'ERROR', sheet: 'X' },
      [matrix, { ...roster, name: 'X', rows: roster.rows.slice(1) }],
    ],
    [
      'SHEET_HIDDEN',
      { severity: 'WARNING', sheet: 'Old' },
      [matrix, roster, { ...roster, name: 'Old', isHidden: true }],
    ],
    [
      'SHEET_UNRECOGNISED',
      { severity: 'WARNING', sheet: 'Notes' },
      [matrix, roster, { name: 'Notes', rows: [['Hello']] }],
    ],
  ])('reports %s', async (code, facts, sheets) => {
    expect(await findingOf(code, ...sheets)).toMatchObject(facts);
  });

  it('reports levels that differ between sheets', async () => {
    const other = {
      ...roster,
      name: 'MW Upgrade',
      rows: [rosterHeader.map((text) => text.replace('L2', 'L9')), ...roster.rows.slice(3)],
    };
    const finding = await findingOf('ROLE_LEVEL_CONFLICT', matrix, roster, other);
    expect(finding).toMatchObject({ severity: 'WARNING', sheet: 'MW Upgrade', column: 'E', value: 'L9' });
  });

  it('reports a cluster that two sheets of a scope have', async () => {
    const finding = await findingOf('CLUSTER_CONFLICT', matrix, roster, { ...roster, name: 'RAN 2' });
    expect(finding).toMatchObject({ sheet: 'RAN 2', row: 4 });
  });
});
