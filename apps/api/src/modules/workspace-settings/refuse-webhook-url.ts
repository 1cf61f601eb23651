import { isIP } from 'node:net';
import { isPublicAddress } from './is-public-address.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;
/** Names that only a local network answers. */
const LOCAL_NAME = /(?:^[^.]+|\.(?:localhost|local|internal|lan|home|corp|home\.arpa))\.?$/;

/**
 * Why alerts are not sent to the URL; null when they are. Alerts go by `https` to public hosts, so that nobody makes
 * this process call what only it can reach; loopback is allowed, by `http` too, only where that is configured. What a
 * name resolves to can change, so whoever sends checks the address again ({@link isPublicAddress}).
 */
export function refuseWebhookUrl(
  text: string,
  { allowLoopback }: { readonly allowLoopback: boolean },
): string | null {
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (url.username !== '' || url.password !== '') return 'must not contain a user name or password';
  if (LOOPBACK.test(host)) return allowLoopback ? null : 'must not lead to this machine';
  if (url.protocol !== 'https:') return 'must begin with https://';
  const isClosed = isIP(host) === 0 ? LOCAL_NAME.test(host) : !isPublicAddress(host);
  return isClosed ? 'must lead to a public host' : null;
}
