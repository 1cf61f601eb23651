import { useMessages } from 'use-intl';
import type { ValueSet } from '../messages/values-of.ts';

/** How a value is said that is known only as a text, in an error for one; null when the set has no such value. */
export function useKnownValueText(): (set: ValueSet, value: string) => string | null {
  const { values } = useMessages();
  return (set, value) => {
    const texts: Readonly<Record<string, string>> = values[set];
    return texts[value] ?? null;
  };
}
