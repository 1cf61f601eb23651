import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { meQuery } from '../api/session-api.ts';
import { useWorkspace } from './use-workspace.ts';

/**
 * Loads the page anew when somebody else has signed in meanwhile, in another tab: the browser has one session, and
 * nothing may be done in the name of one person by what another sees.
 */
export function useSamePerson(): void {
  const { session } = useRouter().options.context;
  const { me } = useWorkspace();
  const { data } = useQuery({ ...meQuery(session), refetchOnWindowFocus: 'always' }, session.queryClient);
  const isOther = data !== undefined && data.id !== me.id;
  useEffect(() => {
    if (isOther) location.reload();
  }, [isOther]);
}
