import { eventText } from './event-text.ts';
import { figures, percent } from './figures.ts';
import { type Pieces, pieces } from './pieces.ts';
import type { Reporter } from './reporter.ts';
import { symbolsFor } from './symbols.ts';
import { verdictText } from './verdict.ts';

/** A log that shows a step to be alive, and is still short at its end. */
const PROGRESS_EVERY_MS = 10_000;

/** Lines for logs: nothing is ever overwritten. A step that takes long tells every ten seconds how far it is. */
export function plainReporter(): Reporter {
  const symbols = symbolsFor(process.env);
  const told = new Set<string>();
  const print = (text: string) => process.stdout.write(`${text}\n`);
  let work: Pieces = pieces();
  let saidAt = 0;
  return {
    event(event) {
      const text = eventText(event, symbols);
      if (text !== undefined) print(text);
      if (event.type === 'step-failed') told.add(event.message);
      if (event.type === 'step-started') {
        work = pieces();
        saidAt = performance.now();
      }
      if (event.type !== 'step-progress') return;
      work.told(event);
      const now = performance.now();
      const present = work.at(now);
      if (now - saidAt < PROGRESS_EVERY_MS) return;
      saidAt = now;
      for (const { progress, perSecond } of present) {
        const { label, detail } = progress;
        const said = [percent(progress), ...figures(progress, perSecond), detail].filter(Boolean).join(', ');
        print(`  ${symbols.note} ${event.step.padEnd(8)} ${label}: ${said}`);
      }
    },
    async finished(report, directory) {
      print(verdictText(report, directory, told));
    },
  };
}
