import type { InfiniteData } from '@tanstack/react-query';
import type { Page } from '../../api/pages-of.ts';

/** The pages that hold the first so many rows of a list; at least one. */
export function firstPages<Read extends Page<unknown>, Param>(
  { pages, pageParams }: InfiniteData<Read, Param>,
  rows: number,
): InfiniteData<Read, Param> {
  let count = 0;
  for (let held = 0; count < pages.length && (count === 0 || held < rows); count += 1) {
    held += pages[count]?.items.length ?? 0;
  }
  return { pages: pages.slice(0, count), pageParams: pageParams.slice(0, count) };
}
