import { useCallback, useMemo, useState } from 'react';
import { useLatest } from './use-latest.ts';

/** Which row of a list has the focus, or gets it next. It stays with its item wherever that moves in the list. */
export function useCurrentRow<Item>(items: readonly Item[], idOf: (item: Item) => string) {
  const [current, setState] = useState<{ readonly id: string; readonly index: number } | null>(null);
  const currentIndex = useMemo(() => {
    if (current === null) return 0;
    const { id, index } = current;
    const there = items[index];
    if (there !== undefined && idOf(there) === id) return index;
    const moved = items.findIndex((item) => idOf(item) === id);
    // What is gone leaves its place to the next one.
    return moved === -1 ? Math.max(Math.min(index, items.length - 1), 0) : moved;
  }, [items, idOf, current]);
  // Where it is now is what it would leave: not where it once was.
  const present = items[currentIndex];
  if (current !== null && present !== undefined && current.index !== currentIndex)
    setState({ id: idOf(present), index: currentIndex });
  const latest = useLatest({ items, idOf });
  const setCurrent = useCallback(
    (index: number) => {
      const item = latest.current.items[index];
      if (item === undefined) return;
      const id = latest.current.idOf(item);
      setState((former) => (former?.id === id && former.index === index ? former : { id, index }));
    },
    [latest],
  );
  return { currentIndex, setCurrent };
}
