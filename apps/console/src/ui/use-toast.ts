import { toastQueue } from './toast-queue.ts';

/** Says in passing that something was done: `toast(t('saved'))`. What went wrong is said where it went wrong. */
export function useToast(): (text: string) => void {
  return toastQueue.add;
}
