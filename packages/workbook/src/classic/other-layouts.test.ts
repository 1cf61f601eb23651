import { describe, expect, it } from 'vitest';
import { type BuiltSheet, buildXlsx } from '../../test/support/build-xlsx.ts';
import { matrix, roster, rosterHeader } from '../../test/support/small-workbook.ts';
import { readWorkbook, usualDefaults } from '../index.ts';

function read(...sheets: BuiltSheet[]) {
  return readWorkbook(buildXlsx(sheets), { defaults: usualDefaults });
}

const expected = (await read(matrix, roster)).rows;

describe('a workbook written in another way says the same', () => {
  const withoutSource = (rows: typeof expected) => ({
    ...rows,
    clusters: rows.clusters.map((row) => ({ ...row, sourceSheet: '', sourceRow: 0 })),
    approvers: rows.approvers
      .map((row) => ({ ...row, sourceSheet: '', sourceRow: 0, sourceColumn: '' }))
      .toSorted((a, b) => `${a.clusterCode}${a.roleCode}`.localeCompare(`${b.clusterCode}${b.roleCode}`)),
    people: rows.people.toSorted((a, b) => a.email.localeCompare(b.email)),
  });
  const reversed = (sheet: BuiltSheet): BuiltSheet => ({
    ...sheet,
    rows: sheet.rows.map((row) => {
      const wide = [...row, null, null, null, null, null].slice(0, 6);
      return row.length < 3 ? row : wide.toReversed();
    }),
  });
  const [title = [], , header = [], ...data] = roster.rows;
  const variants: [string, BuiltSheet[]][] = [
    ['sheets in another order', [roster, matrix]],
    ['columns in another order', [matrix, reversed(roster)]],
    [
      'other companies',
      [
        matrix,
        {
          ...roster,
          rows: [title, rosterHeader.map((text) => text.replace(/^(MS|OPCO) /, 'Acme Pty ')), ...data],
        },
      ],
    ],
    [
      'other spelling',
      [matrix, { ...roster, rows: [title, rosterHeader.map((text) => ` ${text} `.toUpperCase()), ...data] }],
    ],
    [
      'blank rows and a later header',
      [matrix, { ...roster, rows: [[], title, [], [], [], header, [], ...data.flatMap((row) => [row, []])] }],
    ],
    [
      'a header again in between',
      [matrix, { ...roster, rows: [title, header, ...data.flatMap((row) => [row, header])] }],
    ],
    ['a sheet named by its title only', [matrix, { ...roster, name: 'Sheet1' }]],
    ['texts as rich text', [matrix, { ...roster, rows: roster.rows.map((row) => row.map(rich)) }]],
    [
      'texts as results of formulas',
      [matrix, { ...roster, rows: roster.rows.map((row) => row.map(computed)) }],
    ],
    [
      'a merged region',
      [
        matrix,
        {
          ...roster,
          rows: roster.rows.map((row, index) => (index === 4 ? [null, ...row.slice(1)] : row)),
          merges: ['A4:A5'],
        },
      ],
    ],
    [
      'other marks',
      [{ ...matrix, rows: matrix.rows.map((row) => row.map((cell) => (cell === 'A' ? 'x' : cell))) }, roster],
    ],
  ];
  it.each(variants)('%s', async (_, sheets) => {
    const { rows, findings } = await read(...sheets);
    expect(withoutSource(rows)).toEqual(withoutSource(expected));
    expect(findings.filter((finding) => finding.severity === 'ERROR')).toEqual([]);
  });

  function rich(cell: BuiltSheet['rows'][number][number]) {
    return typeof cell === 'string' ? { runs: [cell.slice(0, 3), cell.slice(3)] } : cell;
  }

  function computed(cell: BuiltSheet['rows'][number][number]) {
    return typeof cell === 'string' ? { formula: 'A1&""', text: cell } : cell;
  }
});
