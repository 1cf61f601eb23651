import { z } from 'zod';
import type { Line } from '../line.ts';
import { median } from '../median.ts';
import type { BenchWindow } from './open-window.ts';

const LIMIT_BYTES = 200_000;
const LIMIT_MS = 1_000;

const FirstLoad = z.object({ scriptBytes: z.number(), contentMs: z.number() });

/** Notes when the first row is on the screen, and how much script had come for it, as sent. */
const WATCH = `
  window.firstLoad = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
    if (!document.querySelector('[role="grid"] tbody tr[data-index]')) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      const contentMs = performance.now();
      const scripts = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
      const scriptBytes = scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
      resolve({ contentMs, scriptBytes });
    });
  });
  observer.observe(document, { childList: true, subtree: true });
  });
`;

/** Until the first row of the inbox is seen, with nothing in the browser's cache. */
export async function measureFirstLoad(open: () => Promise<BenchWindow>, runs: number): Promise<Line[]> {
  const loads: z.infer<typeof FirstLoad>[] = [];
  // The first one warms the API, and is not counted.
  for (let run = 0; run <= runs; run += 1) {
    const { page, inbox, close } = await open();
    await page.addInitScript(WATCH);
    await page.goto(inbox);
    const load = FirstLoad.parse(await page.evaluate('window.firstLoad'));
    if (run > 0) loads.push(load);
    await close();
  }
  return [
    {
      measure: 'first load, compressed script',
      against: '',
      unit: 'bytes',
      reference: LIMIT_BYTES,
      ours: median(loads.map(({ scriptBytes }) => scriptBytes)),
      goal: { limit: LIMIT_BYTES },
    },
    {
      measure: 'first load, until the first row is seen',
      against: '',
      unit: 'ms',
      reference: LIMIT_MS,
      ours: median(loads.map(({ contentMs }) => contentMs)),
      goal: { limit: LIMIT_MS },
    },
  ];
}
