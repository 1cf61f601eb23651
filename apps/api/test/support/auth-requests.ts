import type { TestApi } from './start-api.ts';

/** Requests to authentication as programs and browsers send them. */
export interface AuthRequests {
  post(
    path: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
    base?: string,
  ): Promise<Response>;
  /** The status of a call of the API with these headers. */
  call(headers: Readonly<Record<string, string>>, base?: string): Promise<number>;
  /** The token in the latest mail to somebody; nothing when there is none. */
  mailedToken(email: string): string;
}

export function authRequests(api: TestApi): AuthRequests {
  return {
    post: (path, body, headers = {}, base = api.url) =>
      fetch(`${base}/auth/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    call: async (headers, base = api.url) => {
      const response = await fetch(`${base}/trpc/sites.list?input={}`, {
        headers: { 'x-workspace-id': api.workspace.id, ...headers },
      });
      await response.text();
      return response.status;
    },
    mailedToken: (email) => {
      const mail = api.mails.findLast(({ to }) => to === email);
      return /#token=(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    },
  };
}

/** Long enough for what happens after an answer. */
export const aMoment = () => new Promise((resolve) => setTimeout(resolve, 100));
