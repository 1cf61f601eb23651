import type { Reporter } from './reporter.ts';
import { verdictText } from './verdict.ts';

/** The verdict alone; warnings go to standard error, where a scheduler's mail finds them. */
export function quietReporter(): Reporter {
  return {
    event(event) {
      if (event.type === 'note' && event.level === 'warning') process.stderr.write(`${event.message}\n`);
    },
    async finished(report, directory) {
      process.stdout.write(`${verdictText(report, directory, new Set())}\n`);
    },
  };
}
