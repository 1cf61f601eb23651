import { findBrowser } from '@apms/db/testing';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { PASSWORD, type TestConsole } from './start-console.ts';

/** Somebody who can sign in. */
export interface Person {
  readonly email: string;
  /** {@link PASSWORD} where nothing is said. */
  readonly password?: string;
}

const executablePath = findBrowser();
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];

/** Whether there is a browser on this machine; `describe.skipIf(!hasBrowser)`. */
export const hasBrowser = executablePath !== undefined;

/** A browser's window with nobody signed in, or somebody. */
export interface TestPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser complained of so far: failed scripts, and whatever the content security policy refused. */
  readonly complaints: readonly string[];
}

export interface TestBrowser {
  open(person: Person | null, options?: BrowserContextOptions): Promise<TestPage>;
  close(): Promise<void>;
}

/** Chromium on the console. Pages that a test opens are closed with it. */
export async function openBrowser(console: Pick<TestConsole, 'url'>): Promise<TestBrowser> {
  if (executablePath === undefined) throw new Error('there is no browser on this machine');
  const browser: Browser = await chromium.launch({ executablePath, args: FLAGS });
  return {
    open: async (person, options = {}) => {
      const context = await browser.newContext({
        baseURL: console.url,
        locale: 'en-GB',
        timezoneId: 'Asia/Jakarta',
        viewport: { width: 1280, height: 800 },
        extraHTTPHeaders: { 'x-forwarded-for': addressOfWindow() },
        ...options,
      });
      context.setDefaultTimeout(15_000);
      if (person !== null) await signIn(context, console.url, person);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        // What a test takes away or is refused is reported as a failed resource; that is no fault of the page.
        if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
        complaints.push(message.text());
      });
      return { page, context, complaints };
    },
    close: () => browser.close(),
  };
}

let windows = 0;

function addressOfWindow(): string {
  windows += 1;
  return `10.0.${windows >> 8}.${windows & 255}`;
}

async function signIn(
  context: BrowserContext,
  url: string,
  { email, password = PASSWORD }: Person,
): Promise<void> {
  const response = await context.request.post(`${url}/auth/sign-in/email`, {
    headers: { origin: url },
    data: { email, password },
  });
  if (!response.ok()) throw new Error(`signing in failed: ${response.status()} ${await response.text()}`);
}
