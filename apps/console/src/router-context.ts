import type { SessionApi } from './api/session-api.ts';

/** What every route's `beforeLoad` and `loader` can use. */
export interface RouterContext {
  readonly session: SessionApi;
}
