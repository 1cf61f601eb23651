/** Larger files would have to lie in memory twice. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The checksum of a file in lower-case hex, so that what is changed on its way is refused. Undefined where the browser
 * computes none (it does so on secure origins alone) or the file is too large for it.
 */
export async function sha256Of(file: Blob): Promise<string | undefined> {
  if (!isSecureContext || file.size > MOST_BYTES) return undefined;
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
