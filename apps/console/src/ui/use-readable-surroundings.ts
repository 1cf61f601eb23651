import { type RefObject, useLayoutEffect } from 'react';

/**
 * Keeps the dialog or page around an open list readable to a screen reader. Base UI hides from it everything but the list,
 * yet leaves all of that to the keyboard: Tab would lead to what is said not to exist. The one thing that it never hides is
 * a live region; `off` makes an element one that announces nothing, which is what it was before.
 */
export function useReadableSurroundings(inside: RefObject<Element | null>, isOpen: boolean): void {
  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    const surroundings = inside.current?.closest('[role="dialog"], #root');
    surroundings?.setAttribute('aria-live', 'off');
    return () => surroundings?.removeAttribute('aria-live');
  }, [inside, isOpen]);
}
