import type { Browser, BrowserContext, Page } from 'playwright-core';
import { BenchError } from '../bench-error.ts';
import type { InboxWorld } from './inbox-world.ts';

/** A window of somebody who is signed in, with an empty cache. */
export interface BenchWindow {
  readonly page: Page;
  readonly inbox: string;
  close(): Promise<void>;
}

/** Signs in once, as often as windows are opened then: the API lets nobody try again and again. @throws {BenchError} */
export async function signedInWindows(
  browser: Browser,
  url: string,
  { email, password, workspaceCode }: InboxWorld,
): Promise<() => Promise<BenchWindow>> {
  const storageState = await signIn(await browser.newContext(), url, { email, password });
  return async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, storageState });
    context.setDefaultTimeout(60_000);
    return {
      page: await context.newPage(),
      inbox: `${url}/w/${workspaceCode}/inbox`,
      close: () => context.close(),
    };
  };
}

async function signIn(context: BrowserContext, url: string, data: { email: string; password: string }) {
  const response = await context.request.post(`${url}/auth/sign-in/email`, { data });
  if (!response.ok())
    throw new BenchError(`Signing in failed: ${response.status()} ${await response.text()}`);
  const storageState = await context.storageState();
  await context.close();
  return storageState;
}
