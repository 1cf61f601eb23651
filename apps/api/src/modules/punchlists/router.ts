import {
  CloseItem,
  itemTransitions,
  ListPunchlistItems,
  ListPunchlists,
  PunchlistDetails,
  PunchlistItem,
  PunchlistItemPage,
  PunchlistPage,
  PunchlistRef,
  RectifyItem,
  ReopenItem,
  ValidateItem,
} from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { closeItem } from './close-item.ts';
import { getPunchlist } from './get-punchlist.ts';
import { listItems } from './list-items.ts';
import { listPunchlists } from './list-punchlists.ts';
import { rectifyItem } from './rectify-item.ts';
import { reopenItem } from './reopen-item.ts';
import { validateItem } from './validate-item.ts';

export const punchlistsRouter = router({
  get: permit('punchlists.read')
    .meta(rest('GET', '/punchlists/{punchlistId}', 'One punchlist with its items'))
    .input(PunchlistRef)
    .output(PunchlistDetails)
    .query(({ ctx, input }) => getPunchlist(ctx, input)),

  list: permit('punchlists.read')
    .meta(rest('GET', '/punchlists', 'Punchlists, filtered, page by page'))
    .input(ListPunchlists)
    .output(PunchlistPage)
    .query(({ ctx, input }) => listPunchlists(ctx, input)),

  listItems: permit('punchlists.read')
    .meta(rest('GET', '/punchlist-items', 'Items of all punchlists, filtered, page by page'))
    .input(ListPunchlistItems)
    .output(PunchlistItemPage)
    .query(({ ctx, input }) => listItems(ctx, input)),

  rectify: permit(itemTransitions.rectify.permission)
    .meta(rest('POST', '/punchlist-items/{itemId}/rectify', 'Say that a defect is mended, with evidence'))
    .input(RectifyItem)
    .output(PunchlistItem)
    .mutation(({ ctx, input }) => rectifyItem(ctx, input)),

  validate: permit(itemTransitions.validate.permission)
    .meta(rest('POST', '/punchlist-items/{itemId}/validate', 'Confirm as QA that a defect is mended'))
    .input(ValidateItem)
    .output(PunchlistItem)
    .mutation(({ ctx, input }) => validateItem(ctx, input)),

  close: permit(itemTransitions.close.permission)
    .meta(rest('POST', '/punchlist-items/{itemId}/close', 'Close an item that you raised'))
    .input(CloseItem)
    .output(PunchlistItem)
    .mutation(({ ctx, input }) => closeItem(ctx, input)),

  reopen: permit(itemTransitions.reopen.permission)
    .meta(rest('POST', '/punchlist-items/{itemId}/reopen', 'Send an item back to be mended again'))
    .input(ReopenItem)
    .output(PunchlistItem)
    .mutation(({ ctx, input }) => reopenItem(ctx, input)),
});
