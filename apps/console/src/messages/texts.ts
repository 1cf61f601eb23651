import type { en } from './en.ts';
import { first } from './first.ts';

type Texts = Partial<typeof en>;

let texts: Texts = first;
const listeners = new Set<() => void>();

/** The texts that are there so far, for `useSyncExternalStore`. */
export const knownTexts = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: (): Texts => texts,
};

/** Brings the texts of every page; a page that says anything but {@link first} is shown only after them. */
export async function loadTexts(): Promise<void> {
  if (texts !== first) return;
  const { en } = await import('./en.ts');
  texts = en;
  for (const listener of listeners) listener();
}
