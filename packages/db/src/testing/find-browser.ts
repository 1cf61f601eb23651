import { existsSync } from 'node:fs';

/** Where Debian puts Chromium, and others Chrome. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser in which tests look at pages, if the machine has one. */
export function findBrowser(): string | undefined {
  return PLACES.find((place) => existsSync(place));
}
