/** The URL may not be called, whatever is tried. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused';
}
