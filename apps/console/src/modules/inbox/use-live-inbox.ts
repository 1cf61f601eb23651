import { useSubscription } from '@trpc/tanstack-react-query';
import { useState } from 'react';
import { useWorkspace } from '../../session/use-workspace.ts';
import { useLatest } from '../../ui/use-latest.ts';
import { firstPages } from './first-pages.ts';
import { type InboxFilters, inboxQuery } from './inbox-query.ts';

/** Whether changes come by themselves now, or the connection for them is being made again. */
export type LiveState = 'live' | 'reconnecting';

/**
 * Keeps everything that was read of workflows true while the page is open, whoever changes it.
 *
 * A change does not say which stages it is about, so whatever is shown has to be read again. Pages beyond the rows in use are
 * forgotten first, and read when the reader comes to them: a change costs one page to whoever is at the top of the list,
 * however far they have been, and no row is shown that is older than the last change.
 */
export function useLiveInbox(filters: InboxFilters, rowsInUse: () => number): LiveState {
  const api = useWorkspace();
  const { trpc, queryClient } = api;
  const look = useLatest(async () => {
    queryClient.setQueryData(
      inboxQuery(api, filters).queryKey,
      (read) => read && firstPages(read, rowsInUse()),
    );
    // A page that is just being read on is given up: it would come with those before it as they were.
    await queryClient.invalidateQueries(trpc.workflows.pathFilter());
  });
  const [refresh] = useState(() => oneAtATime(() => look.current()));
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
