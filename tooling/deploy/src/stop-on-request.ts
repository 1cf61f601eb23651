import type { StepName } from './journal.ts';

/** What a process that a signal has ended exits with. */
const ENDED_BY = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * A runner of scripts passes on the signal that the terminal has sent to all of its group, so that one Ctrl-C arrives
 * twice. A person is slower.
 */
const SAME_PRESS_MS = 1_000;

/**
 * The signal that is aborted when somebody asks the run to stop: by Ctrl-C (SIGINT), SIGTERM, or by closing the terminal
 * (SIGHUP). A second Ctrl-C or SIGTERM ends the process at once, with 130 or 143; a terminal that is gone never does.
 * @param asked called at the first, within its signal handler.
 * @param ending called before the end at once.
 */
export function stopOnRequest(asked: () => void, ending: (exitCode: number) => void): AbortSignal {
  const controller = new AbortController();
  let askedAt: number | undefined;
  const stop = () => {
    if (controller.signal.aborted) return;
    controller.abort();
    asked();
  };
  const ask = (name: keyof typeof ENDED_BY) => {
    if (askedAt !== undefined && performance.now() - askedAt >= SAME_PRESS_MS) {
      ending(ENDED_BY[name]);
      process.exit(ENDED_BY[name]);
    }
    askedAt ??= performance.now();
    stop();
  };
  // The listeners stay: a library that counts them would otherwise end the process at the first signal.
  process.on('SIGINT', ask).on('SIGTERM', ask).on('SIGHUP', stop);
  return controller.signal;
}

const NOTHING_WRITTEN = 'It ends with this step; nothing was written to the target.';
const COMMITTED =
  'The migrations are committed, so it goes on to prove them: to stop now would be to swap back, which loses what clients write meanwhile.';

const HOW: Record<StepName, string> = {
  plan: NOTHING_WRITTEN,
  lock: NOTHING_WRITTEN,
  backup: 'The backup is given up and marked unusable; the target was not touched.',
  rehearse: 'The copy is dropped; the target was not touched.',
  gate: NOTHING_WRITTEN,
  migrate: 'The migrations are rolled back, and the target is looked at to prove it.',
  verify: COMMITTED,
  smoke: COMMITTED,
  rollback: 'A swap back is never stopped halfway: it goes on to its end.',
  finish: 'It is about to end.',
};

/** What a run does that was asked to stop in a step, and what another request would do. */
export function stoppingText(step: StepName | undefined, target: string): string {
  const how = step === undefined ? 'It ends at the next safe point.' : HOW[step];
  return `Asked to stop: ${how}\nCtrl-C once more ends it at once (exit 130) and leaves what is then undone to: pnpm deploy:recover --env ${target}`;
}

/** The last words of a run that is ended at once. */
export function endedText(exitCode: number, target: string): string {
  return `Ended at once (exit ${exitCode}). The journal stays as it is; to finish what was begun: pnpm deploy:recover --env ${target}`;
}
