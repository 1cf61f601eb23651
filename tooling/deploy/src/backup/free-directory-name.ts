import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The wanted name as one that is good for a directory, and numbered when it is taken in `home`. */
export function freeDirectoryName(home: string, wanted: string): string {
  const plain = wanted.replaceAll(/[^A-Za-z0-9_-]/g, '_');
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? plain : `${plain}_${number}`;
    if (!existsSync(join(home, name))) return name;
  }
}
