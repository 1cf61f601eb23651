import {
  type InfiniteData,
  type QueryKey,
  type UseSuspenseInfiniteQueryOptions,
  useSuspenseInfiniteQuery,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Page } from '../api/pages-of.ts';

/** The rows of a list as far as they were read. */
export interface PagedRows<Item> {
  readonly items: Item[];
  readonly hasMore: boolean;
  /** Reads the next page; absent while there is none to read, or one is being read, or reading failed. */
  readonly loadMore: (() => void) | undefined;
  readonly isLoadingMore: boolean;
  /** Why the next page could not be read. */
  readonly error: unknown;
  readonly retry: () => void;
}

type Pages<Read> = UseSuspenseInfiniteQueryOptions<
  Read,
  Error,
  InfiniteData<Read>,
  QueryKey,
  string | undefined
>;

/** All rows of what `pagesOf` describes; and its pages, for what they say besides. */
export function usePagedRows<Read extends Page<unknown>>(
  query: Pages<Read>,
): PagedRows<Read['items'][number]> & { readonly pages: readonly Read[] } {
  const { data, hasNextPage, isFetching, isFetchingNextPage, isFetchNextPageError, error, fetchNextPage } =
    useSuspenseInfiniteQuery(query);
  const { pages } = data;
  const items = useMemo(() => pages.flatMap((page) => page.items), [pages]);
  const read = useMemo(() => () => void fetchNextPage(), [fetchNextPage]);
  const canRead = hasNextPage && !isFetching && !isFetchNextPageError;
  return {
    pages,
    items,
    hasMore: hasNextPage,
    loadMore: canRead ? read : undefined,
    isLoadingMore: isFetchingNextPage,
    error: isFetchNextPageError ? error : null,
    retry: read,
  };
}
