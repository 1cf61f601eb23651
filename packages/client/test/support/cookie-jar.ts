/** `fetch` as it is in a browser on a page of `origin`: it keeps the cookies and says where it comes from. */
export function cookieJar(origin: string) {
  const cookies = new Map<string, string>();
  let received = 0;
  const send = globalThis.fetch;
  const fetchLikeBrowser: typeof fetch = async (input, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...cookies].map((cookie) => cookie.join('=')).join('; '));
    if (init.method === 'POST') headers.set('origin', origin);
    const response = await send(input, { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split('; ');
      const [name = '', value = ''] = pair.split('=', 2);
      if (attributes.includes('Max-Age=0')) cookies.delete(name);
      else {
        cookies.set(name, value);
        received += 1;
      }
    }
    return response;
  };
  return { fetch: fetchLikeBrowser, received: () => received };
}
