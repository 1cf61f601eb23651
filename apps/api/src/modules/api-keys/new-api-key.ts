import { randomBytes } from 'node:crypto';
import { hashOfKey } from '../../credential.ts';

/** By which a key is recognised as one of ours, by people and by scanners for secrets. */
export const API_KEY_PREFIX = 'apms_';

export interface NewApiKey {
  /** The key itself, known only to whoever asked for it. */
  readonly key: string;
  /** What is kept of it, as better-auth's plugin does. */
  readonly hash: string;
  /** Its first characters, by which its owner tells it from others. */
  readonly start: string;
}

/** A key of 256 random bits. */
export function newApiKey(): NewApiKey {
  const key = `${API_KEY_PREFIX}${randomBytes(32).toString('base64url')}`;
  return { key, hash: hashOfKey(key), start: key.slice(0, API_KEY_PREFIX.length + 4) };
}
