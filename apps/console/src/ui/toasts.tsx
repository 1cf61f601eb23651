import { lazy, Suspense, useSyncExternalStore } from 'react';
import { toastQueue } from './toast-queue.ts';

// Nothing is said on the way to the first page.
const ToastList = lazy(async () => ({ default: (await import('./toast-list.tsx')).ToastList }));

/** Shows what is said by {@link useToast}, for a few seconds. */
export function Toasts() {
  const said = useSyncExternalStore(toastQueue.subscribe, toastQueue.get);
  return <Suspense>{said.length > 0 && <ToastList said={said} />}</Suspense>;
}
