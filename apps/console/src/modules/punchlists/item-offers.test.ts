import type { Permission, PunchlistItem, PunchlistItemStatus } from '@apms/validators';
import { describe, expect, test } from 'vitest';
import { offersOfItem } from './item-offers.ts';

const at = '2026-01-01T00:00:00.000Z';
const item = (status: PunchlistItemStatus): PunchlistItem => ({
  id: 'item',
  punchlistId: 'list',
  itemCode: 'P-01',
  description: 'Label is missing',
  severity: 'MINOR',
  status,
  evidenceDocumentId: status === 'OPEN' ? null : 'document',
  evidenceDocumentName: status === 'OPEN' ? null : 'photo.png',
  raisedById: 'raiser',
  raisedByName: 'Somebody',
  comment: null,
  rectifiedAt: null,
  validatedAt: null,
  closedAt: null,
  createdAt: at,
  updatedAt: at,
});
const reader = (id: string, ...permissions: Permission[]) => ({
  id,
  can: (permission: Permission) => permissions.includes(permission),
});
const vendor = reader('vendor', 'punchlists.rectify');
const qa = reader('qa', 'punchlists.validate', 'punchlists.close');
const raiser = reader('raiser', 'punchlists.close');
const other = reader('other', 'punchlists.close');

describe('offersOfItem', () => {
  test.each([
    ['OPEN', vendor, ['rectify']],
    ['OPEN', qa, []],
    ['RECTIFIED', vendor, []],
    ['RECTIFIED', qa, ['validate', 'reopen']],
    ['RECTIFIED', raiser, ['reopen']],
    ['RECTIFIED', other, []],
    ['QA_VALIDATED', raiser, ['close', 'reopen']],
    ['QA_VALIDATED', qa, ['reopen']],
    ['QA_VALIDATED', other, []],
    ['CLOSED', raiser, []],
  ] as const)('%s: the person is offered %#', (status, person, offers) => {
    expect(offersOfItem(item(status), 'OPEN', person)).toEqual(offers);
  });

  test('of a list that was cancelled nothing is offered', () => {
    expect(offersOfItem(item('OPEN'), 'CANCELLED', vendor)).toEqual([]);
  });
});
