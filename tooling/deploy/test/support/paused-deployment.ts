import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ProjectOptions } from './project.ts';
import type { Scenario } from './scenario.ts';

/** The file that the hook writes when a deployment has come to it, and the one that lets it go on. */
const [REACHED, GO_ON] = ['reached', 'go-on'];

const HOOK = `
const { existsSync, writeFileSync } = require('node:fs');
writeFileSync('${REACHED}', '');
setInterval(() => existsSync('${GO_ON}') && process.exit(), 20);`;

/** A hook that stops every deployment just before it writes to the target: locked, backed up and rehearsed. */
export const PAUSE = {
  hooks: { before: [{ command: [process.execPath, '--input-type=commonjs', '-e', HOOK] }] },
} satisfies ProjectOptions['settings'];

/** A deployment of a scenario with the settings {@link PAUSE} that waits at its hook. */
export async function startPaused({ project, env }: Scenario, more: Record<string, string> = {}) {
  const running = project.start(['run', '--env', 'staging'], { ...env, ...more });
  const reached = () =>
    access(join(project.root, REACHED)).then(
      () => true,
      () => false,
    );
  await expect.poll(reached, { timeout: 60_000, interval: 20 }).toBe(true);
  const goOn = () => writeFile(join(project.root, GO_ON), '');
  return { running, goOn };
}
