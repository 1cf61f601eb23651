/** Something that was said, once. */
export interface Said {
  readonly id: number;
  readonly text: string;
}

let said: readonly Said[] = [];
const listeners = new Set<() => void>();

/** Everything that was said since the page was loaded, for `useSyncExternalStore`. */
export const toastQueue = {
  add(text: string): void {
    said = [...said, { id: said.length, text }];
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: (): readonly Said[] => said,
};
