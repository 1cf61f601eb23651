import { useEffect } from 'react';

const LATER_MS = 1_500;

/** Loads parts of the page when what matters first is on the screen. One that cannot be loaded is loaded when it is needed. */
export function useLoadLater(parts: readonly (() => Promise<unknown>)[]): void {
  useEffect(() => {
    const timer = setTimeout(() => void Promise.allSettled(parts.map((load) => load())), LATER_MS);
    return () => clearTimeout(timer);
  }, [parts]);
}
