import { describe, expect, test } from 'vitest';
import { cellReference } from './cell-reference.ts';

describe('a cell reference', () => {
  test.each([
    [{ sheet: 'RAN_MW', row: 65, column: 'F' }, 'RAN_MW!F65'],
    [{ sheet: 'RAN_MW', row: 65, column: null }, 'RAN_MW!65:65'],
    [{ sheet: 'RAN_MW', row: null, column: 'F' }, 'RAN_MW!F:F'],
    [{ sheet: 'RAN_MW', row: null, column: null }, 'RAN_MW'],
    [{ sheet: 'MW Upgrade', row: 2, column: 'AB' }, "'MW Upgrade'!AB2"],
    [{ sheet: "Budi's", row: 2, column: 'A' }, "'Budi''s'!A2"],
    [{ sheet: '2025', row: 2, column: 'A' }, "'2025'!A2"],
    [{ sheet: null, row: 2, column: 'A' }, null],
  ])('of %j is %s', (place, reference) => {
    expect(cellReference(place)).toBe(reference);
  });
});
