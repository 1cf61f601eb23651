import { documentMediaTypes } from '@apms/validators';
import { expect, test } from 'vitest';
import { AppError } from '../../errors.ts';
import { checkMediaType } from './check-media-type.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n');
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const zip = Buffer.from('504b0304140000000000000000000000000000000000000000000500000078787878782e', 'hex');
const executable = Buffer.concat([
  Buffer.from('7f454c460201010000000000000000000200', 'hex'),
  Buffer.alloc(64),
]);

test.each([
  ['application/pdf', pdf, 'application/pdf'],
  ['Application/PDF; version=1.7', pdf, 'application/pdf'],
  ['image/png', png, 'image/png'],
  ['application/zip', zip, 'application/zip'],
  [XLSX, zip, XLSX],
  ['text/csv; charset=utf-8', Buffer.from('a;b\n1;2\n'), 'text/csv'],
  ['text/plain', Buffer.from('x'), 'text/plain'],
])('%s is accepted', async (declared, head, mediaType) => {
  expect(await checkMediaType(declared, head)).toBe(mediaType);
});

test.each([
  ['', pdf, ''],
  ['text/html', Buffer.from('<script>'), 'text/html'],
  ['application/x-elf', executable, 'application/x-elf'],
  ['application/pdf', executable, 'application/x-elf'],
  ['image/png', pdf, 'application/pdf'],
  ['text/plain', pdf, 'application/pdf'],
  ['text/csv', Buffer.from('a\0b'), 'application/octet-stream'],
  ['application/pdf', Buffer.from('not a pdf'), 'application/octet-stream'],
  [XLSX, pdf, 'application/pdf'],
])('%s is refused as %s', async (declared, head, mediaType) => {
  const failure = await checkMediaType(declared, head).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(AppError);
  expect(failure).toHaveProperty('data', {
    code: 'DOCUMENT_TYPE_REFUSED',
    mediaType,
    allowed: Object.keys(documentMediaTypes),
  });
});
