import type { Permission, PunchlistItem, PunchlistStatus } from '@apms/validators';

/** What is done to a punchlist item. */
export type ItemAction = 'rectify' | 'validate' | 'close' | 'reopen';

/** Who looks at the item. */
interface Reader {
  readonly id: string;
  readonly can: (permission: Permission) => boolean;
}

/** What may be done with an item by this person, in order. The API decides; this is what is offered. */
export function offersOfItem(
  { status, raisedById }: PunchlistItem,
  listStatus: PunchlistStatus,
  { id, can }: Reader,
): ItemAction[] {
  if (listStatus !== 'OPEN') return [];
  const isTheirs = raisedById === id;
  const isMended = status === 'RECTIFIED' || status === 'QA_VALIDATED';
  const offers: ItemAction[] = [];
  if (status === 'OPEN' && can('punchlists.rectify')) offers.push('rectify');
  if (status === 'RECTIFIED' && can('punchlists.validate')) offers.push('validate');
  if (status === 'QA_VALIDATED' && can('punchlists.close') && isTheirs) offers.push('close');
  if (isMended && can('punchlists.close') && (isTheirs || can('punchlists.validate'))) offers.push('reopen');
  return offers;
}
