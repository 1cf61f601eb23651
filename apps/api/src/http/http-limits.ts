/** How much one request, or one sender, may ask for. */
export interface HttpLimits {
  readonly bodyBytes: number;
  /** Procedures called by one request. */
  readonly batchCalls: number;
  /** How deep arrays and objects may be nested in an input. */
  readonly jsonDepth: number;
  /** How long a call may take before it is given up. */
  readonly callTimeoutMs: number;
  /** How long a client may take to send the headers of a request. */
  readonly headersTimeoutMs: number;
  /** How long a client may take to send a whole request, also one with a document. */
  readonly requestTimeoutMs: number;
  /** Requests a minute of one credential, or of one address without one. */
  readonly requestsPerMinute: number;
  /** Requests a minute of one address to the routes that sign in. */
  readonly signInsPerMinute: number;
}

export const defaultHttpLimits: HttpLimits = {
  bodyBytes: 1024 * 1024,
  batchCalls: 50,
  jsonDepth: 64,
  callTimeoutMs: 30_000,
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 300_000,
  requestsPerMinute: 3_000,
  signInsPerMinute: 30,
};
