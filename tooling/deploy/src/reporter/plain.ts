import type { RunEvent } from '../journal.ts';
import { formatDuration } from '../report/format.ts';
import type { Reporter } from './reporter.ts';
import { verdictText } from './verdict.ts';

/** An event as a line; undefined for what only a live display shows. */
export function eventLine(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'run-started':
      return `${event.command} ${event.id}: ${event.target}, ${event.database}${event.embedded ? ' (embedded PostgreSQL: no URL is set)' : ''}`;
    case 'step-started':
      return `  … ${event.step}`;
    case 'step-finished':
      return `  ✓ ${event.step.padEnd(8)} ${event.summary} (${formatDuration(event.durationMs)})`;
    case 'step-failed':
      return `  ✗ ${event.step.padEnd(8)} ${event.message.split('\n')[0]} (${formatDuration(event.durationMs)})`;
    case 'note':
      return `  ${event.level === 'warning' ? '!' : '·'} ${event.message}`;
    case 'step-progress':
    case 'intent':
    case 'completed':
    case 'run-finished':
      return undefined;
  }
}

/** Lines for logs: nothing is ever overwritten. */
export function plainReporter(): Reporter {
  const print = (text: string) => process.stdout.write(`${text}\n`);
  return {
    event(event) {
      const line = event.type === 'step-started' ? undefined : eventLine(event);
      if (line !== undefined) print(line);
    },
    async finished(report, directory) {
      print(verdictText(report, directory));
    },
  };
}
