import { longestName } from '../clean-text.ts';
import type { WorkbookLimits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { type Archive, openArchive } from './open-archive.ts';
import { parsePart } from './parse-part.ts';
import { readRelationships } from './read-relationships.ts';
import { readSheet, type SheetPart } from './read-sheet.ts';
import { readStrings } from './read-strings.ts';
import { recogniseFile } from './recognise-file.ts';
import { type OnRows, RowBudget } from './row-budget.ts';
import type { Sheet } from './sheet.ts';

/**
 * The worksheets of an .xlsx file in their order, as text.
 * @throws {FILE_*} as a `Refusal` when the file cannot be read within the limits
 */
export async function readDocument(
  bytes: Uint8Array,
  limits: WorkbookLimits,
  onRows: OnRows,
): Promise<Sheet[]> {
  const archive = await openArchive(recogniseFile(bytes, limits), limits);
  const workbook = await findWorkbook(archive);
  const related = await readRelationships(archive, workbook);
  const parts = await listSheets(archive, workbook, new Map(related.map((one) => [one.id, one])));
  if (parts.length > limits.sheets) {
    throw new Refusal(
      'FILE_TOO_LARGE',
      `The workbook has ${parts.length} sheets, more than ${limits.sheets}.`,
    );
  }
  const stringsPart = related.find((one) => one.type === 'sharedStrings')?.target;
  const strings = stringsPart === undefined ? [] : await readStrings(archive, stringsPart);
  const budget = new RowBudget(limits, onRows);
  const sheets: Sheet[] = [];
  for (const part of parts) {
    budget.expect();
    sheets.push(await readSheet(archive, part, strings, budget));
  }
  return sheets;
}

async function findWorkbook(archive: Archive): Promise<string> {
  const related = await readRelationships(archive, '');
  const document = related.find((one) => one.type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  if (archive.has(document)) return document;
  const reason = document.endsWith('.bin')
    ? 'This is a binary workbook: save it as .xlsx.'
    : 'The archive holds no workbook.';
  throw new Refusal('FILE_NOT_WORKBOOK', reason);
}

type Related = ReadonlyMap<string, { type: string; target: string }>;

async function listSheets(archive: Archive, workbook: string, related: Related): Promise<SheetPart[]> {
  const listed: Omit<SheetPart, 'targets'>[] = [];
  let root: string | undefined;
  await parsePart(archive, workbook, {
    open(element, attribute) {
      root ??= element;
      if (element !== 'sheet') return;
      const relationship = related.get(attribute('id') ?? '');
      if (relationship?.type !== 'worksheet' || !archive.has(relationship.target)) return;
      if (listed.some((sheet) => sheet.part === relationship.target)) return;
      listed.push({
        name: attribute('name')?.slice(0, longestName) || `Sheet ${listed.length + 1}`,
        part: relationship.target,
        isHidden: (attribute('state') ?? 'visible') !== 'visible',
      });
    },
  });
  if (root !== 'workbook')
    throw new Refusal('FILE_NOT_WORKBOOK', 'The archive holds another kind of document.');
  return Promise.all(
    listed.map(async (sheet) => ({ ...sheet, targets: await targetsOf(archive, sheet.part) })),
  );
}

async function targetsOf(archive: Archive, part: string): Promise<Map<string, string>> {
  const related = await readRelationships(archive, part);
  return new Map(related.filter((one) => one.type === 'hyperlink').map((one) => [one.id, one.target]));
}
