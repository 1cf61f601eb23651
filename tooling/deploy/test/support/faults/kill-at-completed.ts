import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

/** Loaded into the CLI: it is killed once the first unit of its migrations is committed. */
if (process.argv[1]?.endsWith(join('src', 'cli.ts')) === true) {
  const write = fs.writeSync;
  const sync = fs.fsyncSync;
  let isCompleted = false;
  const watching = (descriptor: number, data: Buffer, ...rest: [number?, number?]) => {
    isCompleted ||= data.includes('"type":"completed","action":"apply-unit"');
    return write(descriptor, data, ...rest);
  };
  fs.writeSync = Object.assign(watching, write);
  fs.fsyncSync = (descriptor) => {
    sync(descriptor);
    if (isCompleted) process.kill(process.pid, 'SIGKILL');
  };
  syncBuiltinESMExports();
}
