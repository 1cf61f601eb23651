import { describe, expect, test } from 'vitest';
import { mediaTypeOf } from './media-type-of.ts';

describe('mediaTypeOf', () => {
  test.each([
    ['report.pdf', 'application/pdf', 'application/pdf'],
    ['photo.JPEG', '', 'image/jpeg'],
    ['results.csv', 'application/vnd.ms-excel', 'text/csv'],
  ])('%s, which the browser calls "%s", is %s', (name, type, expected) => {
    expect(mediaTypeOf({ name, type })).toBe(expected);
  });

  test.each([
    ['tool.exe', 'application/x-msdownload'],
    ['no ending', ''],
  ])('%s is not accepted', (name, type) => {
    expect(mediaTypeOf({ name, type })).toBeNull();
  });
});
