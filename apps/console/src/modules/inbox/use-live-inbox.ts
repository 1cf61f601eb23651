import { useSubscription } from '@trpc/tanstack-react-query';
import { useState } from 'react';
import { useWorkspace } from '../../session/use-workspace.ts';

/** Whether changes come by themselves now, or the connection for them is being made again. */
export type LiveState = 'live' | 'reconnecting';

/** Keeps everything that was read of workflows true while the page is open, whoever changes it. */
export function useLiveInbox(): LiveState {
  const { trpc, queryClient } = useWorkspace();
  const [refresh] = useState(() =>
    oneAtATime(() => queryClient.invalidateQueries(trpc.workflows.pathFilter(), { cancelRefetch: false })),
  );
  const { status } = useSubscription(
    trpc.workflows.inboxChanges.subscriptionOptions(undefined, { onData: refresh }),
  );
  // The first connection is no news; losing it is.
  const [wasLive, setWasLive] = useState(false);
  const isLive = status === 'pending';
  if (isLive && !wasLive) setWasLive(true);
  return wasLive && !isLive ? 'reconnecting' : 'live';
}

/** Changes that come while one is being looked at are looked at together after it: none is missed, and they do not pile up. */
function oneAtATime(look: () => Promise<void>): () => void {
  let isLooking = false;
  let again = false;
  const run = async () => {
    isLooking = true;
    try {
      do {
        again = false;
        await look();
      } while (again);
    } finally {
      isLooking = false;
    }
  };
  return () => {
    if (isLooking) again = true;
    else void run();
  };
}
