import { readFile } from 'node:fs/promises';
import { DeployError } from '../failure.ts';
import { messageOf } from '../postgres.ts';

const FILE_VARIABLE = 'DEPLOY_AGE_IDENTITY_FILE';
const CONTENT_VARIABLE = 'DEPLOY_AGE_IDENTITY';

/**
 * The identities with which this machine can open backups: of the file that DEPLOY_AGE_IDENTITY_FILE names, as age-keygen
 * writes it, or of DEPLOY_AGE_IDENTITY itself. No failure shows anything of them.
 * @throws {IDENTITY_UNUSABLE} when neither is set, or what is there is none.
 */
export async function readIdentities(sealed: {
  backup: string;
  encryptedTo: string[];
}): Promise<{ identities: string[]; source: string }> {
  const { [FILE_VARIABLE]: file, [CONTENT_VARIABLE]: content } = process.env;
  const source = file || CONTENT_VARIABLE;
  const unusable = (reason: 'missing' | 'unreadable', problem: string) =>
    new DeployError({ code: 'IDENTITY_UNUSABLE', ...sealed, reason, source, problem });
  if (!file && !content) throw unusable('missing', 'no identity was given');
  const text = file
    ? await readFile(file, 'utf8').catch((error: unknown) => {
        throw unusable('unreadable', messageOf(error));
      })
    : (content ?? '');
  const lines = text.split('\n').map((line) => line.trim());
  const wrong = lines.findIndex((line) => !/^(#.*|AGE-SECRET-KEY-(PQ-)?1[A-Z0-9]+)?$/.test(line));
  if (wrong !== -1) throw unusable('unreadable', `line ${wrong + 1} is no identity of age`);
  const identities = lines.filter((line) => line.startsWith('AGE-SECRET-KEY-'));
  if (identities.length === 0) throw unusable('unreadable', 'it holds no identity of age');
  return { identities, source };
}
