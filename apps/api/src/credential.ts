import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What a request brought to be recognised by. */
export interface Credential {
  readonly kind: 'apiKey' | 'bearer' | 'cookie';
  /** What the database knows it by: the token of a session, the hash of an API key. */
  readonly lookup: string;
}

export interface CredentialOptions {
  readonly cookieName: string;
  /** With which session tokens are signed. */
  readonly secret: string;
  /** The web origins whose pages may act with a person's cookie. */
  readonly trustedOrigins: readonly string[];
}

/**
 * The credential of a request, the one that was given most deliberately: `x-api-key`, else `Authorization: Bearer`,
 * else the session's cookie. Null when it is malformed, or not signed by us, whatever others come with it.
 */
export function readCredential(headers: IncomingHttpHeaders, options: CredentialOptions): Credential | null {
  const { authorization, origin } = headers;
  const key = headers['x-api-key'];
  if (key !== undefined) return typeof key === 'string' ? { kind: 'apiKey', lookup: hashOfKey(key) } : null;
  if (authorization !== undefined) {
    const signed = /^bearer (\S+)$/i.exec(authorization)?.[1];
    return signed === undefined ? null : sessionOf('bearer', signed, options.secret);
  }
  // A browser sends the cookie with whatever page it is on; of which one, it says itself.
  if (origin !== undefined && !options.trustedOrigins.includes(origin)) return null;
  const signed = cookieOf(headers.cookie ?? '', options.cookieName);
  return signed === undefined ? null : sessionOf('cookie', signed, options.secret);
}

/** SHA-256 as better-auth's plugin keeps a key. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

/** The token of `token.signature`, percent-encoded, when the signature is ours. */
function sessionOf(kind: 'bearer' | 'cookie', signed: string, secret: string): Credential | null {
  const value = decode(signed);
  const end = value.lastIndexOf('.');
  if (end < 1) return null;
  const token = value.slice(0, end);
  const given = Buffer.from(value.slice(end + 1));
  const expected = Buffer.from(createHmac('sha256', secret).update(token).digest('base64'));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return { kind, lookup: token };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function cookieOf(header: string, name: string): string | undefined {
  const start = `${name}=`;
  return header
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(start))
    ?.slice(start.length);
}
