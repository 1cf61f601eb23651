import type { Browser, Page } from 'playwright-core';
import { BenchError } from '../bench-error.ts';
import type { InboxWorld } from './inbox-world.ts';

/** A window of somebody who is signed in, with an empty cache. */
export interface BenchWindow {
  readonly page: Page;
  readonly inbox: string;
  close(): Promise<void>;
}

export async function openWindow(
  browser: Browser,
  url: string,
  { email, password, workspaceCode }: InboxWorld,
): Promise<BenchWindow> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(60_000);
  const response = await context.request.post(`${url}/auth/sign-in/email`, { data: { email, password } });
  if (!response.ok())
    throw new BenchError(`Signing in failed: ${response.status()} ${await response.text()}`);
  return {
    page: await context.newPage(),
    inbox: `${url}/w/${workspaceCode}/inbox`,
    close: () => context.close(),
  };
}
