import type { RunEvent } from '../journal.ts';
import { formatDuration } from '../report/format.ts';
import type { Reporter } from './reporter.ts';
import { verdictText } from './verdict.ts';

type StepEnd = Extract<RunEvent, { type: 'step-finished' | 'step-failed' }>;

/** Whether a step ended well: one that found a reason against going on did not, though it is no error. */
export function endedWell(event: StepEnd): boolean {
  return event.type === 'step-finished' && event.passed;
}

/** A step that has ended, in one line. */
export function stepLine(event: StepEnd): string {
  const duration = formatDuration(event.durationMs);
  return event.type === 'step-finished'
    ? `${event.step.padEnd(8)} ${event.summary} (${duration})`
    : `${event.step.padEnd(8)} failed after ${duration}`;
}

/** An event as lines; undefined for what only a live display shows. */
export function eventText(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'run-started':
      return `${event.command} ${event.id}: ${event.target}, ${event.database}${event.embedded ? ' (embedded PostgreSQL: no URL is set)' : ''}`;
    case 'step-finished':
      return `  ${endedWell(event) ? '✓' : '✗'} ${stepLine(event)}`;
    case 'step-failed':
      return `  ✗ ${stepLine(event)}\n${indented(event.message)}`;
    case 'note':
      return `  ${event.level === 'warning' ? '!' : '·'} ${event.message.replaceAll('\n', '\n    ')}`;
    case 'run-resumed':
    case 'planned':
    case 'rehearsed':
    case 'step-started':
    case 'step-progress':
    case 'intent':
    case 'completed':
    case 'run-finished':
      return undefined;
  }
}

/** Text that belongs to the line above it. */
export function indented(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}

/** Lines for logs: nothing is ever overwritten. */
export function plainReporter(): Reporter {
  const told = new Set<string>();
  const print = (text: string) => process.stdout.write(`${text}\n`);
  return {
    event(event) {
      const text = eventText(event);
      if (text !== undefined) print(text);
      if (event.type === 'step-failed') told.add(event.message);
    },
    async finished(report, directory) {
      print(verdictText(report, directory, told));
    },
  };
}
