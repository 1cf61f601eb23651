import { Listr } from 'listr2';
import type { RunEvent, StepName } from '../journal.ts';
import { formatDuration } from '../report/format.ts';
import { endedWell, eventText, indented, stepLine } from './plain.ts';
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
  progress(text: string): void;
  end(title: string, well: boolean): Promise<void>;
}

/** A live list of the steps with spinner, elapsed time and, for long steps, a bar. */
export function terminalReporter(): Reporter {
  const told = new Set<string>();
  let live: LiveStep | undefined;
  let last = Promise.resolve();
  const print = (text: string) => {
    last = last.then(() => void process.stdout.write(`${text}\n`));
  };
  const end = (title: string, well: boolean) => {
    const ended = live;
    live = undefined;
    last = last.then(() => ended?.end(title, well));
  };
  return {
    event(event: RunEvent) {
      switch (event.type) {
        case 'step-started':
          live = showStep(event.step, last);
          break;
        case 'step-progress':
          if (event.total !== null) live?.progress(bar(event.done, event.total));
          break;
        case 'step-finished':
          end(stepLine(event), endedWell(event));
          break;
        case 'step-failed':
          end(stepLine(event), false);
          print(indented(event.message));
          told.add(event.message);
          break;
        case 'run-started':
        case 'run-resumed':
        case 'planned':
        case 'rehearsed':
        case 'note':
        case 'intent':
        case 'completed':
        case 'run-finished': {
          const text = eventText(event);
          if (text !== undefined) print(text);
        }
      }
    },
    async finished(report, directory) {
      await last;
      process.stdout.write(`\n${verdictText(report, directory, told)}\n`);
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
    // The run itself is what ends well when somebody presses Ctrl-C.
    {
      registerSignalListeners: false,
      exitOnError: false,
      rendererOptions: { collapseErrors: true, showErrorMessage: false },
    },
  );
  const shown = after.then(() => list.run()).then(() => undefined);
  return {
    progress: (value) => {
      text = value;
    },
    async end(value, well) {
      title = value;
      if (well) resolve();
      else reject(new Error(value));
      await shown;
    },
  };
}
