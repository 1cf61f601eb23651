import { z } from 'zod';
import { BenchError } from '../bench-error.ts';
import type { Line } from '../line.ts';
import { median } from '../median.ts';
import type { BenchWindow } from './open-window.ts';

const SLOW_MS = 50;

/** Scrolls by screens, frame by frame, until the last row is there, and notes how long each frame took. */
const SCROLL = `
  (async (rows) => {
    const frames = [];
    let last = await new Promise(requestAnimationFrame);
    for (;;) {
      window.scrollBy(0, window.innerHeight);
      const now = await new Promise(requestAnimationFrame);
      frames.push(now - last);
      last = now;
      const shown = document.querySelectorAll('tr[data-index]');
      const index = Number(shown[shown.length - 1]?.dataset.index ?? 0);
      if (index >= rows - 1) return { frames, rendered: shown.length };
      if (frames.length > 1_000_000) return { frames, rendered: -1 };
    }
  })
`;

const Scrolled = z.object({ frames: z.array(z.number()), rendered: z.int() });

/** From the first row to the last, read on as one scrolls. */
export async function measureScrolling(open: () => Promise<BenchWindow>, rows: number): Promise<Line[]> {
  const { page, inbox, close } = await open();
  await page.goto(inbox);
  await page.locator('tr[data-index="0"]').waitFor();
  const { frames, rendered } = Scrolled.parse(await page.evaluate(`${SCROLL}(${rows})`));
  await close();
  if (rendered < 0) throw new BenchError('The end of the list did not come.');
  const slow = frames.filter((ms) => ms > SLOW_MS).length;
  return [
    {
      measure: `scrolling, frames above ${SLOW_MS} ms`,
      against: 'all frames',
      unit: 'frames',
      reference: frames.length,
      ours: slow,
    },
    {
      measure: 'scrolling, the longest frame',
      against: 'the median',
      unit: 'ms',
      reference: median(frames),
      ours: Math.max(...frames),
    },
  ];
}
