import type { ImportFindingCode } from '@apms/validators';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildXlsx, partsOf, zipParts } from '../../test/support/build-xlsx.ts';
import { budi, matrix, roster } from '../../test/support/small-workbook.ts';
import { readWorkbook, usualDefaults, type WorkbookLimits } from '../index.ts';

const whole = buildXlsx([matrix, roster]);
const sheet = 'xl/worksheets/sheet2.xml';

function read(bytes: Uint8Array, limits: Partial<WorkbookLimits> = {}) {
  return readWorkbook(bytes, { defaults: usualDefaults, limits });
}

function spoilt(changes: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return zipParts({ ...partsOf([matrix, roster]), ...changes });
}

function ole(text: string): Uint8Array {
  return Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(512),
    Buffer.from(text, 'utf16le'),
  ]);
}

const bomb = `<?xml version="1.0"?><worksheet><sheetData>${'<row/>'.repeat(5_000_000)}</sheetData></worksheet>`;
const entities =
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>';

describe('a file that cannot be read is one finding', () => {
  const row = '<row r="1"><c r="A1"><v>1</v></c></row>';
  it.each<[string, ImportFindingCode, () => Uint8Array, Partial<WorkbookLimits>?]>([
    ['nothing', 'FILE_EMPTY', () => new Uint8Array()],
    ['text', 'FILE_NOT_WORKBOOK', () => Buffer.from('Vendor,Scope\nZTE,RAN')],
    ['an archive of something else', 'FILE_NOT_WORKBOOK', () => zipParts({ 'hello.txt': 'hello' })],
    ['another document', 'FILE_NOT_WORKBOOK', () => spoilt({ 'xl/workbook.xml': '<document/>' })],
    ['an old workbook', 'FILE_NOT_WORKBOOK', () => ole('Workbook')],
    ['an encrypted workbook', 'FILE_ENCRYPTED', () => ole('EncryptedPackage')],
    ['a file cut off', 'FILE_TRUNCATED', () => whole.subarray(0, whole.length - 30)],
    ['a file without its beginning', 'FILE_NOT_WORKBOOK', () => whole.subarray(10)],
    ['broken XML', 'FILE_UNREADABLE', () => spoilt({ [sheet]: '<worksheet><sheetData><row>' })],
    ['entities', 'FILE_UNREADABLE', () => spoilt({ [sheet]: entities })],
    [
      'text that is no UTF-8',
      'FILE_UNREADABLE',
      () => spoilt({ [sheet]: Buffer.from('<worksheet>\xff\xfe</worksheet>', 'latin1') }),
    ],
    ['a surrogate alone', 'FILE_UNREADABLE', () => spoilt({ [sheet]: '<worksheet>&#xD800;</worksheet>' })],
    ['deep nesting', 'FILE_UNREADABLE', () => spoilt({ [sheet]: '<a>'.repeat(100_000) })],
    ['a bomb', 'FILE_TOO_LARGE', () => spoilt({ [sheet]: bomb })],
    [
      'a text without end',
      'FILE_TOO_LARGE',
      () => spoilt({ [sheet]: `<worksheet>${'x'.repeat(1_000_001)}</worksheet>` }),
      { inflationRatio: 2_000 },
    ],
    ['a large file', 'FILE_TOO_LARGE', () => whole, { fileBytes: 100 }],
    ['many parts', 'FILE_TOO_LARGE', () => whole, { parts: 3 }],
    ['large parts', 'FILE_TOO_LARGE', () => whole, { inflatedBytes: 1000 }],
    ['many rows', 'FILE_TOO_LARGE', () => whole, { rows: 5 }],
    ['many cells', 'FILE_TOO_LARGE', () => whole, { cells: 20 }],
    [
      'hundreds of sheets',
      'FILE_TOO_LARGE',
      () => buildXlsx(Array.from({ length: 300 }, (_, index) => ({ name: `S${index}`, rows: [] }))),
    ],
    [
      'merges over merges',
      'FILE_TOO_LARGE',
      () => {
        const merges = '<mergeCell ref="A1:XFD1048576"/>'.repeat(50_000);
        return spoilt({
          [sheet]: `<worksheet><sheetData>${row.repeat(100)}</sheetData>${merges}</worksheet>`,
        });
      },
    ],
  ])('%s', async (_, code, file, limits) => {
    const reading = await read(file(), limits);
    expect(reading.findings).toMatchObject([{ severity: 'ERROR', code }]);
    expect(reading.sheets).toEqual([]);
    expect(Object.values(reading.rows).flat()).toEqual([]);
  });

  it('inflates no more of a part than its directory admits', async () => {
    const parts = spoilt({ [sheet]: bomb.slice(0, 900_000) });
    const file = Buffer.from(parts);
    for (let at = file.indexOf('PK\u0001\u0002'); at >= 0; at = file.indexOf('PK\u0001\u0002', at + 4)) {
      if (file.readUInt32LE(at + 24) === 900_000) file.writeUInt32LE(10, at + 24);
    }
    expect((await read(file)).findings).toMatchObject([{ code: 'FILE_UNREADABLE' }]);
  });
});

describe('a file with odd but honest parts is read', () => {
  it.each<[string, Record<string, string | Uint8Array>]>([
    [
      'UTF-16',
      {
        [sheet]: Buffer.from(
          `\ufeff${partsOf([matrix, roster])[sheet]?.replace(/<\?.*?\?>/, '')}`,
          'utf16le',
        ),
      },
    ],
    [
      'dates that start in 1904',
      {
        'xl/workbook.xml': (partsOf([matrix, roster])['xl/workbook.xml'] ?? '').replace(
          '<sheets>',
          '<workbookPr date1904="1"/><sheets>',
        ),
      },
    ],
    [
      'prefixed elements',
      {
        [sheet]: (partsOf([matrix, roster])[sheet] ?? '')
          .replace('<worksheet ', '<worksheet xmlns:x="urn:x" ')
          .replace(/<(\/?)(row|c|v|is|t|sheetData)\b/g, '<$1x:$2'),
      },
    ],
    [
      'rows and cells that do not say where they are',
      {
        [sheet]: (
          partsOf([matrix, { ...roster, rows: roster.rows.filter((row) => row.length > 0) }])[sheet] ?? ''
        ).replace(/ r="[A-Z]*\d+"/g, ''),
      },
    ],
    [
      'a cell beyond every column',
      {
        [sheet]: (partsOf([matrix, roster])[sheet] ?? '').replace('</row>', '<c r="XFD1"><v>1</v></c></row>'),
      },
    ],
  ])('%s', async (_, changes) => {
    const reading = await read(spoilt(changes));
    expect(reading.rows.clusters.map((row) => row.clusterCode)).toEqual(['Medan-1', 'Medan-2']);
    expect(reading.findings.filter((finding) => finding.severity === 'ERROR')).toEqual([]);
  });

  it('undoes escapes and leaves out what no database holds', async () => {
    const name = 'Bu_x0064_i_xD83D__x0000_/0812000001/b@x.example';
    const rows = roster.rows.map((row) => row.map((cell) => (cell === budi ? name : cell)));
    const reading = await read(buildXlsx([matrix, { ...roster, rows }]));
    expect(reading.rows.people[0]).toEqual({
      email: 'b@x.example',
      name: 'Budi\ufffd',
      phone: '+62812000001',
    });
  });

  it('lists so many findings of a code and counts the rest', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => [
      'NS',
      `C-${index}`,
      'x',
      'M1',
      'B/b@x.example',
      'S/s@x.example',
    ]);
    const file = buildXlsx([matrix, { ...roster, rows: [...roster.rows, ...rows] }]);
    const { findings } = await read(file, { findingsPerCode: 10 });
    expect(findings.filter((finding) => finding.code === 'SITE_COUNT_UNREADABLE')).toHaveLength(10);
    expect(findings.find((finding) => finding.code === 'FINDINGS_TRUNCATED')?.reason).toContain('40 more');
  });
});

it('never throws, wherever a file is damaged', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
      async (damage) => {
        const file = Uint8Array.from(whole);
        for (const [at, byte] of damage) file[at] = byte;
        const reading = await read(file);
        expect(reading.findings.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 300 },
  );
});

it('never throws, whatever a sheet says', async () => {
  const tag = fc.constantFrom(
    '<row r="2">',
    '</row>',
    '<c r="B2" t="s">',
    '<c t="inlineStr">',
    '<c t="e">',
    '</c>',
    '<v>',
    '</v>',
    '<is><t>',
    '</t></is>',
    '<f>',
    '</f>',
    '<mergeCell ref="A1:B9"/>',
    '<mergeCell ref="?"/>',
    '<hyperlink ref="A1" id="x"/>',
    'Cluster',
    'RTS (L2)',
    'ATP Scope',
    '99999999999',
    '-1',
    'a@x.example',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(tag, { maxLength: 40 }), async (tags) => {
      const reading = await read(
        spoilt({ [sheet]: `<worksheet><sheetData>${tags.join('')}</sheetData></worksheet>` }),
      );
      expect(Array.isArray(reading.findings)).toBe(true);
    }),
  );
});
