import { spawnSync } from 'node:child_process';

/** Whether age's own tool is on this machine; Debian has it as `age`. */
export function hasAge(): boolean {
  return spawnSync('age', ['--version']).status === 0;
}
