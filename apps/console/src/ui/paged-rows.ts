import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseSuspenseInfiniteQueryResult,
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

type Result<Item> =
  | UseInfiniteQueryResult<InfiniteData<Page<Item>>, unknown>
  | UseSuspenseInfiniteQueryResult<InfiniteData<Page<Item>>, unknown>;

/** All rows of an infinite query over a list of the API. */
export function usePagedRows<Item>(query: Result<Item>): PagedRows<Item> {
  const { data, hasNextPage, isFetching, isFetchingNextPage, isFetchNextPageError, error, fetchNextPage } =
    query;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const read = useMemo(() => () => void fetchNextPage(), [fetchNextPage]);
  const canRead = hasNextPage && !isFetching && !isFetchNextPageError;
  return {
    items,
    hasMore: hasNextPage,
    loadMore: canRead ? read : undefined,
    isLoadingMore: isFetchingNextPage,
    error: isFetchNextPageError ? error : null,
    retry: read,
  };
}
