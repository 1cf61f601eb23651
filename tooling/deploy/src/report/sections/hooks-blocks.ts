import type { DeploymentReport, HookRun } from '@apms/validators';
import type { Block, Piece } from '../document.ts';
import { formatDuration } from '../format.ts';

function resultOf({ exitCode, timedOut }: HookRun): Piece {
  if (timedOut) return { mark: 'bad', text: 'took too long' };
  if (exitCode === 0) return { mark: 'good', text: 'passed' };
  return { mark: 'bad', text: exitCode === null ? 'did not run to its end' : `exited with ${exitCode}` };
}

/** The commands that the environment has run around the deployment. */
export function hooksBlocks({ hooks }: DeploymentReport): Block[] {
  if (hooks.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'Hook commands that were run',
      columns: [
        { head: 'command' },
        { head: 'phase' },
        { head: 'result' },
        { head: 'duration', figures: true },
      ],
      rows: hooks.map((hook) => [
        [{ code: hook.command }],
        hook.phase,
        [resultOf(hook)],
        formatDuration(hook.durationMs),
      ]),
    },
  ];
}
