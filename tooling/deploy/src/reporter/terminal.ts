import wrapAnsi from 'wrap-ansi';
import type { RunEvent } from '../journal.ts';
import { eventText } from './event-text.ts';
import { frame } from './frame.ts';
import { columnsOf, liveRegion } from './live-region.ts';
import { type Pieces, pieces } from './pieces.ts';
import type { Reporter } from './reporter.ts';
import { symbolsFor } from './symbols.ts';
import { verdictText } from './verdict.ts';

const PICTURE_MS = 100;

/** A step on the screen. */
interface OpenStep {
  step: string;
  startedAt: number;
  work: Pieces;
}

/** A line for each step that has ended, and below them the one at work, live, with what it is at. */
export function terminalReporter(): Reporter {
  const terminal = process.stdout;
  const symbols = symbolsFor(process.env);
  const region = liveRegion(terminal);
  const told = new Set<string>();
  let open: OpenStep | undefined;
  let clock: NodeJS.Timeout | undefined;

  const wrap = (line: string, indent: number) => wrapAnsi(line, columnsOf(terminal) - indent);
  const draw = () => {
    if (open === undefined) return;
    const now = performance.now();
    const elapsedMs = now - open.startedAt;
    const live = { step: open.step, elapsedMs, pieces: open.work.at(now) };
    const picture = Math.floor(elapsedMs / PICTURE_MS);
    region.draw(frame(live, { columns: columnsOf(terminal), symbols, picture }));
  };
  const begin = (step: string) => {
    open = { step, startedAt: performance.now(), work: pieces() };
    clock = setInterval(draw, PICTURE_MS);
    draw();
  };
  const end = () => {
    clearInterval(clock);
    open = undefined;
    region.clear();
  };
  return {
    event(event: RunEvent) {
      if (event.type === 'step-started') begin(event.step);
      if (event.type === 'step-progress') open?.work.told(event);
      if (event.type === 'step-finished' || event.type === 'step-failed') end();
      if (event.type === 'step-failed') told.add(event.message);
      const text = eventText(event, symbols, wrap);
      if (text !== undefined) region.print(text);
    },
    async finished(report, directory) {
      end();
      region.print(`\n${verdictText(report, directory, told)}`);
    },
  };
}
