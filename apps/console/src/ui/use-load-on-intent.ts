import { useEffect } from 'react';

const signs = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const;

/**
 * Loads parts of the page at the first sign that somebody is about to work with it, so that they are there when they are
 * asked for, and whoever only looks never loads them. One that cannot be loaded is loaded when it is needed.
 */
export function useLoadOnIntent(parts: readonly (() => Promise<unknown>)[]): void {
  useEffect(() => {
    const controller = new AbortController();
    const load = () => {
      controller.abort();
      void Promise.allSettled(parts.map((part) => part()));
    };
    for (const sign of signs) addEventListener(sign, load, { signal: controller.signal, passive: true });
    return () => controller.abort();
  }, [parts]);
}
