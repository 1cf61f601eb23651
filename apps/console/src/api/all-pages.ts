import type { Page, PageInput } from './pages-of.ts';

/** A whole list that is known to be short, such as the scopes of a config version. */
export async function allPages<Item>(read: (page: PageInput) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await read(cursor === null ? {} : { cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}
