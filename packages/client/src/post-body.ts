/** A body on its way to the API. */
export interface Posted {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Blob;
  readonly withCookie: boolean;
  readonly onProgress: ((progress: UploadProgress) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

/** How far it is. */
export interface UploadProgress {
  readonly sentBytes: number;
  readonly totalBytes: number;
}

export interface PostAnswer {
  readonly status: number;
  readonly text: string;
}

/** What of a browser's `XMLHttpRequest` is used; Node has none, and neither do its types. */
interface Sender {
  readonly upload: {
    addEventListener(type: 'progress', listener: (event: { readonly loaded: number }) => void): void;
  };
  addEventListener(type: 'load' | 'error' | 'abort', listener: () => void): void;
  withCredentials: boolean;
  readonly status: number;
  readonly responseText: string;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  send(body: Blob): void;
  abort(): void;
}
declare const XMLHttpRequest: (new () => Sender) | undefined;

/**
 * Sends the body and gives whatever comes back. In a browser it tells how much has been sent, which `fetch` cannot; elsewhere
 * only that all has. Rejects with the signal's reason when it is aborted. @throws {TypeError} when the connection is lost
 */
export async function postBody(posted: Posted): Promise<PostAnswer> {
  posted.signal?.throwIfAborted();
  return typeof XMLHttpRequest === 'undefined'
    ? await postByFetch(posted)
    : await postBySender(posted, new XMLHttpRequest());
}

async function postByFetch(posted: Posted): Promise<PostAnswer> {
  const { url, headers, body, withCookie, onProgress, signal } = posted;
  const credentials = withCookie ? 'include' : 'omit';
  const response = await fetch(url, { method: 'POST', headers, body, credentials, signal: signal ?? null });
  onProgress?.({ sentBytes: body.size, totalBytes: body.size });
  return { status: response.status, text: await response.text() };
}

function postBySender(posted: Posted, sender: Sender): Promise<PostAnswer> {
  const { url, headers, body, withCookie, onProgress, signal } = posted;
  const { promise, resolve, reject } = Promise.withResolvers<PostAnswer>();
  sender.open('POST', url);
  sender.withCredentials = withCookie;
  for (const [name, value] of Object.entries(headers)) sender.setRequestHeader(name, value);
  sender.upload.addEventListener('progress', ({ loaded }) =>
    onProgress?.({ sentBytes: loaded, totalBytes: body.size }),
  );
  sender.addEventListener('load', () => resolve({ status: sender.status, text: sender.responseText }));
  sender.addEventListener('error', () => reject(new TypeError('the connection was lost')));
  sender.addEventListener('abort', () => reject(signal?.reason));
  const abort = () => sender.abort();
  signal?.addEventListener('abort', abort);
  sender.send(body);
  return promise.finally(() => signal?.removeEventListener('abort', abort));
}
