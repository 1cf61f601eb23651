import {
  type ItemAction,
  nextItemStatus,
  type Permission,
  PunchlistItemStatus,
  PunchlistStatus,
} from '@apms/validators';
import { describe, expect, test } from 'vitest';
import { offersOfItem } from './item-offers.ts';

const item = (status: PunchlistItemStatus) => ({ status, raisedById: 'raiser' });
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

  test.each(PunchlistStatus.options)(
    'all that the API allows in a list that is %s, and nothing else',
    (list) => {
      const all: ItemAction[] = ['rectify', 'validate', 'close', 'reopen'];
      for (const status of PunchlistItemStatus.options) {
        const allowed = all.filter((action) => nextItemStatus(list, status, action) !== null);
        expect(offersOfItem(item(status), list, { id: 'raiser', can: () => true })).toEqual(allowed);
      }
    },
  );

  test('of a list that was cancelled nothing is offered', () => {
    expect(offersOfItem(item('OPEN'), 'CANCELLED', vendor)).toEqual([]);
  });
});
