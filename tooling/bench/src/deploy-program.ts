import { join } from 'node:path';

/** The deploy tool as people start it, with what its first line asks of Node. */
export const deployProgram = join(import.meta.dirname, '../node_modules/.bin/deploy');
