import { ConfigurationRows } from '@apms/validators';
import * as fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { configurationRows } from '../../test/support/arbitrary-rows.ts';
import { buildXlsx } from '../../test/support/build-xlsx.ts';
import { matrix, roster } from '../../test/support/small-workbook.ts';
import { readWorkbook, usualDefaults, writeWorkbook } from '../index.ts';
import { defaultLimits } from '../limits.ts';
import { readDocument } from '../xlsx/read-document.ts';

const small = (await readWorkbook(buildXlsx([matrix, roster]), { defaults: usualDefaults })).rows;

function read(bytes: Uint8Array) {
  return readWorkbook(bytes, { defaults: usualDefaults });
}

/** The export with one sheet changed by hand, as in a spreadsheet. */
async function edited(sheet: string, edit: (rows: string[][]) => string[][]) {
  const sheets = await readDocument(await writeWorkbook(small), defaultLimits, () => undefined);
  const built = sheets.map(({ name, rows }) => {
    const cells = rows.map((row) => Array.from(row.cells, (text) => text ?? ''));
    return { name, rows: name === sheet ? edit(cells) : cells };
  });
  return read(buildXlsx(built));
}

describe('writeWorkbook', () => {
  it('writes what reads back as the same rows, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(configurationRows, async (rows) => {
        expect(ConfigurationRows.parse(rows)).toEqual(rows);
        const again = await read(await writeWorkbook(rows));
        expect(again.findings).toEqual([]);
        expect(again.rows).toEqual(rows);
      }),
      { numRuns: 200 },
    );
  });

  it('writes an empty configuration', async () => {
    const empty = {
      scopes: [],
      vendors: [],
      roles: [],
      policies: [],
      clusters: [],
      approvers: [],
      people: [],
    };
    const again = await read(await writeWorkbook(empty));
    expect(again).toMatchObject({ rows: empty, findings: [] });
  });

  it('writes the same rows as the same bytes', async () => {
    expect(await writeWorkbook(structuredClone(small))).toEqual(await writeWorkbook(small));
  });

  it('writes text that looks like a formula as text', async () => {
    const people = [{ email: 'a@x.example', name: '=HYPERLINK("http://x.example","x")', phone: '+6281' }];
    const parts = unzipSync(await writeWorkbook({ ...small, people }));
    const sheets = Object.entries(parts).filter(([name]) => name.startsWith('xl/worksheets/'));
    for (const [, part] of sheets) expect(strFromU8(part)).not.toMatch(/<f[ >]/);
  });
});

describe('an export edited by hand', () => {
  it('brings the edit', async () => {
    const { rows, findings } = await edited('Clusters', ([header = [], first = [], ...rest]) => [
      header,
      first.map((text) => (text === 'Medan-1' ? 'Medan-1' : text === '19' ? '20' : text)),
      ...rest,
    ]);
    expect(findings).toEqual([]);
    expect(rows.clusters[0]?.siteCount).toBe(20);
  });

  it('may name people in capitals', async () => {
    const { rows, findings } = await edited('Approvers', (sheet) => {
      return sheet.map((row) => row.map((text) => (text.includes('@') ? text.toUpperCase() : text)));
    });
    expect(findings).toEqual([]);
    expect(rows).toEqual(small);
  });

  it('may have other columns, in another order, and a different spelling of headers', async () => {
    const { rows, findings } = await edited('Vendors', ([header = [], ...rest]) => [
      ['Notes', ...header.toReversed().map((text) => text.toUpperCase())],
      ...rest.map((row) => ['seen', ...header.map((_, index) => row[index] ?? '').toReversed()]),
    ]);
    expect(findings).toEqual([]);
    expect(rows).toEqual(small);
  });

  it.each([
    [
      'a value that is none',
      'Roles',
      'TABLE_ROW_INVALID',
      (rows: string[][]) => [...rows, ['X', 'X', '0', 'SIGN', 'FALSE', 'FALSE']],
    ],
    [
      'a rule that is no JSON',
      'Stages',
      'TABLE_ROW_INVALID',
      (rows: string[][]) => rows.map((row, index) => (index === 1 ? [...row.slice(0, 11), '{'] : row)),
    ],
    [
      'a rule nested without end',
      'Stages',
      'TABLE_ROW_INVALID',
      (rows: string[][]) =>
        rows.map((row, index) => (index === 1 ? [...row.slice(0, 11), '['.repeat(200_000)] : row)),
    ],
    ['a row twice', 'Vendors', 'TABLE_KEY_DUPLICATE', (rows: string[][]) => [...rows, ...rows.slice(1, 2)]],
    ['a sheet emptied', 'Vendors', 'TABLE_MISSING', () => []],
    [
      'a row removed that others name',
      'People',
      'TABLE_REFERENCE_MISSING',
      (rows: string[][]) => rows.slice(0, 1),
    ],
  ] as const)('reports %s as an error', async (_, sheet, code, edit) => {
    const { rows, findings } = await edited(sheet, edit);
    expect(findings.find((finding) => finding.code === code)).toMatchObject({ severity: 'ERROR' });
    const people = new Set(rows.people.map((row) => row.email));
    for (const row of rows.approvers) expect(people).toContain(row.email);
  });
});
