import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { comingMark, Fault } from './fault.ts';

/**
 * Loaded into the CLI before anything else (`node --import`): strikes once its journal has so many entries on disk. Without
 * a delay the process stands still meanwhile, so that the fault comes exactly between two entries.
 */
const { FAULT } = process.env;
if (FAULT !== undefined && process.argv[1]?.endsWith(join('src', 'cli.ts')) === true) {
  const { entry, delayMs, ...fault } = Fault.parse(JSON.parse(FAULT));
  const sync = fs.fsyncSync;
  let entries = 0;
  fs.fsyncSync = (descriptor) => {
    sync(descriptor);
    entries += 1;
    if (entries !== entry) return;
    const args = [
      '--input-type=module',
      '-e',
      `import ${JSON.stringify(join(import.meta.dirname, 'strike.ts'))}`,
    ];
    const env = {
      ...process.env,
      NODE_OPTIONS: '',
      FAULT: '',
      STRIKE: JSON.stringify({ ...fault, pid: process.pid, delayMs }),
    };
    if (delayMs > 0) {
      // Until it has struck, nobody looks at what is left.
      fs.writeFileSync(comingMark(fault), '');
      spawn(process.execPath, args, { env, detached: true, stdio: 'ignore' }).unref();
    } else if (fault.kind === 'tool') process.kill(process.pid, 'SIGKILL');
    else spawnSync(process.execPath, args, { env, stdio: 'ignore' });
  };
  syncBuiltinESMExports();
}
