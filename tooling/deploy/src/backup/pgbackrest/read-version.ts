import type { PgbackrestSettings } from '../../config.ts';
import { runTool } from '../../exec.ts';
import { DeployError } from '../../failure.ts';
import { ownerOf } from './run-pgbackrest.ts';

/** The first version that lets a backup be annotated. */
const OLDEST = { major: 2, minor: 41 };

/** The installed pgBackRest's version. @throws {PGBACKREST_UNUSABLE} when there is none, or too old a one. */
export async function readVersion(settings: PgbackrestSettings): Promise<string> {
  const { stanza } = settings;
  const unusable = (reason: 'program-missing' | 'program-old', problem: string) =>
    new DeployError({ code: 'PGBACKREST_UNUSABLE', stanza, reason, problem });
  const owner = ownerOf(settings);
  const text = await runTool('pgbackrest', ['version'], { environment: {}, owner }).catch(
    (error: unknown) => {
      throw error instanceof DeployError && error.failure.code === 'TOOL_FAILED'
        ? unusable('program-missing', `pgbackrest does not run here: ${error.failure.problem}.`)
        : error;
    },
  );
  const [version = '0', major, minor] = /(\d+)\.(\d+)[\d.]*/.exec(text) ?? [];
  const isOld =
    Number(major) < OLDEST.major || (Number(major) === OLDEST.major && Number(minor) < OLDEST.minor);
  if (isOld || major === undefined) throw unusable('program-old', `This host has pgBackRest ${version}.`);
  return version;
}
