import { z } from 'zod';
import type { Line } from '../line.ts';
import { median } from '../median.ts';
import type { BenchWindow } from './open-window.ts';

const LIMIT_BYTES = 200_000;
const LIMIT_MS = 1_000;

/** Nothing more is fetched by itself when no script has come for so long. */
const QUIET_MS = 3_000;

const FirstLoad = z.object({ scriptBytes: z.number(), contentMs: z.number() });

/** Notes when the first row is on the screen, and how much script the page has fetched, as sent, when it has come to rest. */
const WATCH = `
  window.firstLoad = new Promise((resolve) => {
    const scripts = () => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
    const whenQuiet = (contentMs, known) => setTimeout(() => {
      const come = scripts();
      if (come.length > known) return whenQuiet(contentMs, come.length);
      resolve({ contentMs, scriptBytes: come.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) });
    }, ${QUIET_MS});
    const observer = new MutationObserver(() => {
      if (!document.querySelector('[role="grid"] tbody tr[data-index]')) return;
      observer.disconnect();
      requestAnimationFrame(() => whenQuiet(performance.now(), scripts().length));
    });
    observer.observe(document, { childList: true, subtree: true });
  });
`;

/** The inbox, with nothing in the browser's cache: until its first row is seen, and until the page is at rest. */
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
