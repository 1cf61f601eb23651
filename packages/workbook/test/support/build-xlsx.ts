import { strToU8, zipSync } from 'fflate';
import { columnName } from '../../src/xlsx/sheet.ts';

/** A cell beyond a plain text or number. */
export interface BuiltCell {
  text?: string;
  /** Runs of rich text. */
  runs?: readonly string[];
  formula?: string;
  error?: string;
  /** Target of the cell's link. */
  link?: string;
}

export interface BuiltSheet {
  name: string;
  /** Row 1 first; an empty row is left out of the file. */
  rows: readonly (readonly (string | number | null | BuiltCell)[])[];
  merges?: readonly string[];
  isHidden?: boolean;
}

const xml = '<?xml version="1.0" encoding="UTF-8"?>';
const relationshipTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageTypes = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** A workbook of these sheets, written as plainly as the format allows. */
export function buildXlsx(sheets: readonly BuiltSheet[]): Uint8Array {
  return zipParts(partsOf(sheets));
}

/** The parts of such a workbook by name, to be spoilt before they are zipped. */
export function partsOf(sheets: readonly BuiltSheet[]): Record<string, string> {
  const parts: Record<string, string> = {
    '_rels/.rels': relationships([['rId1', 'officeDocument', 'xl/workbook.xml', false]]),
    'xl/workbook.xml': `${xml}<workbook xmlns:r="${relationshipTypes}"><sheets>${sheets
      .map(({ name, isHidden }, index) => {
        const state = isHidden === true ? 'hidden' : 'visible';
        return `<sheet name="${escape(name)}" sheetId="${index + 1}" state="${state}" r:id="rId${index + 1}"/>`;
      })
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships(
      sheets.map((_, index) => [`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`, false]),
    ),
  };
  for (const [index, sheet] of sheets.entries()) {
    const links: [string, string][] = [];
    parts[`xl/worksheets/sheet${index + 1}.xml`] = sheetXml(sheet, links);
    parts[`xl/worksheets/_rels/sheet${index + 1}.xml.rels`] = relationships(
      links.map(([, target], link) => [`rId${link + 1}`, 'hyperlink', target, true]),
    );
  }
  return parts;
}

/** An archive of parts; a part's bytes are taken as they are. */
export function zipParts(parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const files = Object.entries(parts).map(([name, part]): [string, Uint8Array] => {
    return [name, typeof part === 'string' ? strToU8(part) : part];
  });
  return zipSync(Object.fromEntries(files));
}

function sheetXml({ rows, merges = [] }: BuiltSheet, links: [string, string][]): string {
  const body = rows.map((row, index) => {
    const cells = row
      .map((cell, column) => cellXml(cell, `${columnName(column)}${index + 1}`, links))
      .join('');
    return cells === '' ? '' : `<row r="${index + 1}">${cells}</row>`;
  });
  const areas = merges.map((area) => `<mergeCell ref="${area}"/>`).join('');
  const hyperlinks = links.map(([ref], index) => `<hyperlink ref="${ref}" r:id="rId${index + 1}"/>`).join('');
  return `${xml}<worksheet xmlns:r="${relationshipTypes}"><sheetData>${body.join('')}</sheetData><mergeCells>${areas}</mergeCells><hyperlinks>${hyperlinks}</hyperlinks></worksheet>`;
}

function cellXml(cell: string | number | null | BuiltCell, ref: string, links: [string, string][]): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${ref}"><v>${cell}</v></c>`;
  const { text = '', runs, formula, error, link } = typeof cell === 'string' ? { text: cell } : cell;
  if (link !== undefined) links.push([ref, link]);
  if (error !== undefined) return `<c r="${ref}" t="e"><f>${formula ?? ''}</f><v>${error}</v></c>`;
  if (formula !== undefined) {
    return `<c r="${ref}" t="str"><f>${escape(formula)}</f><v>${escape(text)}</v></c>`;
  }
  const parts = runs?.map((run) => `<r><t>${escape(run)}</t></r>`).join('') ?? `<t>${escape(text)}</t>`;
  return `<c r="${ref}" t="inlineStr"><is>${parts}</is></c>`;
}

function relationships(list: readonly (readonly [string, string, string, boolean])[]): string {
  const all = list.map(([id, type, target, isExternal]) => {
    const mode = isExternal ? ' TargetMode="External"' : '';
    return `<Relationship Id="${id}" Type="${relationshipTypes}/${type}" Target="${escape(target)}"${mode}/>`;
  });
  return `${xml}<Relationships xmlns="${packageTypes}">${all.join('')}</Relationships>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
