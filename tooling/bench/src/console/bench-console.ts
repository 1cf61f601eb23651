import { findBrowser } from '@apms/db/testing';
import { chromium } from 'playwright-core';
import { startApiProcess } from '../api/api-process.ts';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import type { Line } from '../line.ts';
import type { Section } from '../section.ts';
import { buildConsole } from './build-console.ts';
import { createInboxWorld } from './inbox-world.ts';
import { measureFirstLoad } from './measure-first-load.ts';
import { measureOpening } from './measure-opening.ts';
import { measureScrolling } from './measure-scrolling.ts';
import { signedInWindows } from './open-window.ts';

/** `bench console`: what somebody with so many stages in their inbox waits for. @throws {BenchError} without a browser */
export async function benchConsole(bench: Bench, rows: number): Promise<Section[]> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new BenchError('bench console needs Chromium on this machine.');
  bench.note('building the console');
  await buildConsole();
  const world = await createInboxWorld(bench, rows);
  const api = await startApiProcess(bench, { database: world.database });
  const browser = await chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const lines: Line[] = [];
  try {
    const open = await signedInWindows(browser, api.url, world);
    bench.note('the first load');
    lines.push(...(await measureFirstLoad(open, bench.runs)));
    bench.note('opening a stage');
    lines.push(...(await measureOpening(open, bench.runs)));
    bench.note('scrolling to the end');
    lines.push(...(await measureScrolling(open, rows)));
  } finally {
    await browser.close();
    await api.stop();
  }
  return [{ title: `inbox, ${rows.toLocaleString('en')} rows`, lines, parts: undefined }];
}
