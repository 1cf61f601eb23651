/** The address that a `mailto:` link writes to. */
export function mailtoAddress(target: string): string | undefined {
  const address = /^\s*mailto:([^?]+)/i.exec(target)?.[1];
  if (address === undefined) return undefined;
  try {
    return decodeURIComponent(address).trim();
  } catch {
    return address.trim();
  }
}
