import type { WorkbookLimits } from '../limits.ts';
import { Refusal } from '../refusal.ts';

const zipStart = Buffer.from('PK\u0003\u0004', 'latin1');
const zipEnd = Buffer.from('PK\u0005\u0006', 'latin1');
const oleStart = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const encrypted = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * Looks at the outside of a file only.
 * @throws {FILE_EMPTY | FILE_TOO_LARGE | FILE_ENCRYPTED | FILE_NOT_WORKBOOK | FILE_TRUNCATED} unless it looks like a whole zip archive
 */
export function recogniseFile(bytes: Uint8Array, limits: WorkbookLimits): Buffer {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length === 0) throw new Refusal('FILE_EMPTY', 'The file has no content.');
  if (file.length > limits.fileBytes) {
    throw new Refusal('FILE_TOO_LARGE', `The file has ${file.length} bytes, more than ${limits.fileBytes}.`);
  }
  if (file.subarray(0, oleStart.length).equals(oleStart)) {
    throw file.includes(encrypted)
      ? new Refusal('FILE_ENCRYPTED', 'The workbook is protected by a password: save it without one.')
      : new Refusal('FILE_NOT_WORKBOOK', 'This is an old .xls or another Office file: save it as .xlsx.');
  }
  if (!file.subarray(0, zipStart.length).equals(zipStart)) {
    throw new Refusal('FILE_NOT_WORKBOOK', 'This is not an .xlsx workbook.');
  }
  if (!file.includes(zipEnd)) {
    throw new Refusal('FILE_TRUNCATED', 'The end of the file is missing: transfer it again.');
  }
  return file;
}
