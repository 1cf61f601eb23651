import { posix } from 'node:path';
import type { Archive } from './open-archive.ts';
import { parsePart } from './parse-part.ts';

/** What a part refers to: another part by its full name, or something outside by its address. */
export interface Relationship {
  id: string;
  /** Last word of the type's address, for example `worksheet`. */
  type: string;
  target: string;
}

/** The relationships of a part; none when it has no list of them. The package itself is the part ``. */
export async function readRelationships(archive: Archive, part: string): Promise<Relationship[]> {
  const folder = posix.dirname(part);
  const list = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const relationships: Relationship[] = [];
  if (!archive.has(list)) return relationships;
  await parsePart(archive, list, {
    open(element, attribute) {
      const target = attribute('Target');
      if (element !== 'Relationship' || target === undefined) return;
      const type = attribute('Type') ?? '';
      relationships.push({
        id: attribute('Id') ?? '',
        type: type.slice(type.lastIndexOf('/') + 1),
        target: attribute('TargetMode') === 'External' ? target : partName(folder, target),
      });
    },
  });
  return relationships;
}

function partName(folder: string, target: string): string {
  return target.startsWith('/') ? posix.normalize(target).slice(1) : posix.join(folder, target);
}
