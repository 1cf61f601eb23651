import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { encodeCellText } from './cell-text.ts';
import { columnName } from './sheet.ts';

/** What a cell holds; nothing for a blank one. */
export type CellValue = string | number | boolean | null;

export interface WrittenSheet {
  name: string;
  /** The first row is the header: it stays in view. */
  rows: Iterable<readonly CellValue[]>;
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
/** The same rows are the same bytes whenever they are written. */
const options = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true };
const rowsAtOnce = 500;

/** An .xlsx file of these sheets, written row by row. Texts stay texts, also those that look like formulas. */
export async function writeDocument(sheets: readonly WrittenSheet[]): Promise<Uint8Array> {
  const zip = new ZipFile();
  const add = (name: string, text: string) => zip.addBuffer(Buffer.from(text), name, options);
  add('[Content_Types].xml', contentTypes(sheets));
  add('_rels/.rels', relationships([['officeDocument', 'xl/workbook.xml']]));
  add('xl/workbook.xml', workbook(sheets));
  add('xl/_rels/workbook.xml.rels', relationships(sheets.map((_, index) => ['worksheet', partOf(index)])));
  for (const [index, sheet] of sheets.entries()) {
    zip.addReadStreamLazy(`xl/${partOf(index)}`, options, (use) => {
      use(null, Readable.from(worksheet(sheet), { objectMode: false }));
    });
  }
  zip.end();
  return buffer(zip.outputStream);
}

function* worksheet({ rows }: WrittenSheet): Generator<string> {
  yield `${xml}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;
  let number = 0;
  let text = '';
  for (const row of rows) {
    number += 1;
    text += `<row r="${number}">${row.map((value, column) => cell(value, `${columnName(column)}${number}`)).join('')}</row>`;
    if (number % rowsAtOnce !== 0) continue;
    yield text;
    text = '';
  }
  yield `${text}</sheetData></worksheet>`;
}

function cell(value: CellValue, name: string): string {
  if (value === null || value === '') return '';
  if (typeof value === 'number') return `<c r="${name}"><v>${value}</v></c>`;
  if (typeof value === 'boolean') return `<c r="${name}" t="b"><v>${value ? 1 : 0}</v></c>`;
  return `<c r="${name}" t="inlineStr"><is><t xml:space="preserve">${escape(encodeCellText(value))}</t></is></c>`;
}

function workbook(sheets: readonly WrittenSheet[]): string {
  const list = sheets.map(({ name }, index) => {
    return `<sheet name="${escape(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`;
  });
  return `${xml}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${list.join('')}</sheets></workbook>`;
}

function relationships(list: readonly (readonly [string, string])[]): string {
  const all = list.map(([kind, target], index) => {
    return `<Relationship Id="rId${index + 1}" Type="${relations}/${kind}" Target="${target}"/>`;
  });
  return `${xml}<Relationships xmlns="${packages}/relationships">${all.join('')}</Relationships>`;
}

function contentTypes(sheets: readonly WrittenSheet[]): string {
  const parts = sheets.map((_, index) => {
    return `<Override PartName="/xl/${partOf(index)}" ContentType="${type}.worksheet+xml"/>`;
  });
  return `${xml}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${parts.join('')}</Types>`;
}

function partOf(index: number): string {
  return `worksheets/sheet${index + 1}.xml`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
