import type { UploadState } from './use-uploads.ts';

type OnItsWay = Extract<UploadState, { readonly kind: 'waiting' | 'sending' | 'storing' }>;

/** Whether a file is being sent, or waits its turn to be. */
export function isOnItsWay(state: UploadState): state is OnItsWay {
  return state.kind === 'waiting' || state.kind === 'sending' || state.kind === 'storing';
}
