import { infiniteQueryOptions, type QueryKey } from '@tanstack/react-query';

/** A page of a list of the API. */
export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

/** Which page is wanted: the first, or the one at a cursor. */
export interface PageInput {
  readonly cursor?: string;
}

/**
 * A list of the API for `useSuspenseInfiniteQuery`, page by page. The key is the procedure's `infiniteQueryKey`, so
 * that `trpc.sites.pathFilter()` finds it. (tRPC's own options would put a `direction` into the input, where ours means
 * the order of the list.) What else a page says is in the query's `data.pages`.
 */
export function pagesOf<Read extends Page<unknown>>(
  queryKey: QueryKey,
  read: (page: PageInput, options: { readonly signal: AbortSignal }) => Promise<Read>,
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam: cursor, signal }) => read(cursor === undefined ? {} : { cursor }, { signal }),
    initialPageParam: firstPage,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    // Every page that is shown would be read again, one after the other.
    refetchOnWindowFocus: isShort,
    refetchOnReconnect: isShort,
    refetchOnMount: isShort,
  });
}

const firstPage: string | undefined = undefined;
const SHORT_PAGES = 20;

interface ReadSoFar {
  readonly state: { readonly data: { readonly pages: readonly unknown[] } | undefined };
}

function isShort({ state: { data } }: ReadSoFar): boolean {
  return data === undefined || data.pages.length <= SHORT_PAGES;
}
