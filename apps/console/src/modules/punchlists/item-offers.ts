import {
  type ItemAction,
  isOffered,
  itemTransitions,
  type Permission,
  type PunchlistItem,
  type PunchlistItemStatus,
  type PunchlistStatus,
} from '@apms/validators';

/** What is asked of an item. */
export interface AskedOfItem {
  readonly item: PunchlistItem;
  readonly action: ItemAction;
}

/** Who looks at the item. */
interface Reader {
  readonly id: string;
  readonly can: (permission: Permission) => boolean;
}

/** What may be done with an item by this person, in order. The API decides; this is what is offered. */
export function offersOfItem(
  { status, raisedById }: Pick<PunchlistItem, 'status' | 'raisedById'>,
  listStatus: PunchlistStatus,
  { id, can }: Reader,
): ItemAction[] {
  if (listStatus !== 'OPEN') return [];
  const isTheirs = raisedById === id;
  const isForThem = {
    rectify: true,
    validate: true,
    close: isTheirs,
    reopen: isTheirs || can('punchlists.validate'),
  } satisfies Record<ItemAction, boolean>;
  const actions: ItemAction[] = ['rectify', 'validate', 'close', 'reopen'];
  return actions.filter(
    (action) => isForThem[action] && isOffered<PunchlistItemStatus>(itemTransitions[action], status, can),
  );
}
