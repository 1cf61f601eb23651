import { Listr } from 'listr2';
import type { RunEvent, StepName } from '../journal.ts';
import { formatDuration } from '../report/format.ts';
import { eventLine } from './plain.ts';
import type { Reporter } from './reporter.ts';
import { verdictText } from './verdict.ts';

const BAR_CELLS = 24;

function bar(done: number, total: number): string {
  const share = total === 0 ? 0 : Math.min(1, done / total);
  const filled = Math.round(share * BAR_CELLS);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)} ${Math.round(share * 100)} %`;
}

/** A step on the screen: a task that lives until its events end it. */
interface LiveStep {
  title(text: string): void;
  progress(text: string): void;
  end(error?: Error): Promise<void>;
}

/** A live list of the steps with spinner, elapsed time and, for long steps, a bar. */
export function terminalReporter(): Reporter {
  let live: { step: StepName; display: LiveStep } | undefined;
  let last = Promise.resolve();
  const print = (text: string) => {
    last = last.then(() => void process.stdout.write(`${text}\n`));
  };
  const end = (text: string, error?: Error) => {
    const display = live?.display;
    live = undefined;
    display?.title(text);
    last = last.then(() => display?.end(error));
  };
  return {
    event(event: RunEvent) {
      if (event.type === 'step-started') {
        live = { step: event.step, display: showStep(event.step, last) };
      } else if (event.type === 'step-progress') {
        live?.display.progress(bar(event.done, event.total));
      } else if (event.type === 'step-finished') {
        end(`${event.step.padEnd(8)} ${event.summary} (${formatDuration(event.durationMs)})`);
      } else if (event.type === 'step-failed') {
        end(`${event.step.padEnd(8)} ${event.message.split('\n')[0]}`, new Error(event.message));
      } else {
        const line = eventLine(event);
        if (line !== undefined) print(line);
      }
    },
    async finished(report, directory) {
      await last;
      process.stdout.write(`\n${verdictText(report, directory)}\n`);
    },
  };
}

/** Starts a one-task list once whatever was printed before it is out. */
function showStep(step: StepName, after: Promise<void>): LiveStep {
  const startedAt = Date.now();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let title: string = step;
  let text = '';
  const list = new Listr(
    [
      {
        title,
        task: async (_, task) => {
          const clock = setInterval(() => {
            task.title = `${title} ${formatDuration(Date.now() - startedAt)}`;
            if (text) task.output = text;
          }, 200);
          try {
            await promise;
          } finally {
            clearInterval(clock);
            task.title = title;
          }
        },
      },
    ],
    { exitOnError: false, rendererOptions: { collapseErrors: true, showErrorMessage: false } },
  );
  const shown = after.then(() => list.run()).then(() => undefined);
  return {
    title: (value) => {
      title = value;
    },
    progress: (value) => {
      text = value;
    },
    async end(error) {
      if (error === undefined) resolve();
      else reject(error);
      await shown;
    },
  };
}
