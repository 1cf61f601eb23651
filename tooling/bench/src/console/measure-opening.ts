import { z } from 'zod';
import type { Line } from '../line.ts';
import { median } from '../median.ts';
import type { BenchWindow } from './open-window.ts';

const LIMIT_MS = 100;
const STAGES_A_RUN = 10;
const PATIENCE_MS = 30_000;

/** From the key to the frame in which the stage's heading has changed, and the one in which all of it is there. */
const WATCH = `
  window.opened = () => new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('The stage was not shown: ' + document.querySelector('#opened-stage')?.innerText)), ${PATIENCE_MS});
    const before = document.querySelector('#opened-stage h2')?.textContent;
    let headingMs;
    document.addEventListener('keydown', () => {
      const startedAt = performance.now();
      const look = () => {
        const stage = document.querySelector('#opened-stage');
        const heading = stage?.querySelector('h2')?.textContent;
        if (heading !== undefined && heading !== before) headingMs ??= performance.now() - startedAt;
        if (headingMs !== undefined && stage.querySelectorAll('h2').length > 2 && !stage.querySelector('[role="status"]')) {
          resolve({ headingMs, wholeMs: performance.now() - startedAt });
        } else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }, { once: true, capture: true });
  });
`;

const Opening = z.object({ headingMs: z.number(), wholeMs: z.number() });

/** From the list to a stage and on to the next ones, as the keys do it. */
export async function measureOpening(open: () => Promise<BenchWindow>, runs: number): Promise<Line[]> {
  const openings: z.infer<typeof Opening>[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { page, inbox, close } = await open();
    await page.addInitScript(WATCH);
    await page.goto(inbox);
    await page.locator('tr[data-index="0"]').focus();
    // What is pointed at is read before it is opened.
    await page.waitForTimeout(1_000);
    for (let stage = 0; stage < STAGES_A_RUN; stage += 1) {
      const opened = page.evaluate('window.opened()');
      await page.waitForTimeout(200);
      await page.keyboard.press(stage === 0 ? 'Enter' : 'j');
      openings.push(Opening.parse(await opened));
    }
    await close();
  }
  const line = { against: '', unit: 'ms', reference: LIMIT_MS } as const;
  return [
    {
      ...line,
      measure: 'from the list to a stage, what the list knows',
      ours: median(openings.map(({ headingMs }) => headingMs)),
      goal: { limit: LIMIT_MS },
    },
    {
      ...line,
      measure: 'from the list to a stage, all of it',
      ours: median(openings.map(({ wholeMs }) => wholeMs)),
      goal: { limit: LIMIT_MS },
    },
  ];
}
