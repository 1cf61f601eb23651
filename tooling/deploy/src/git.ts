import { execa } from 'execa';
import { DeployError } from './failure.ts';

/** The commit that is deployed, as far as Git can say. */
export interface Commit {
  hash: string | null;
  /** Whether the checkout has changes that the commit does not. */
  dirty: boolean;
}

/** What became of the files of a directory since a revision; paths are relative to the repository's root. */
export interface Changes {
  /** The commit at which this branch left the revision, or the revision itself. */
  base: string;
  /** The files that the revision has. */
  known: string[];
  /** Those of them that are different now, or gone. */
  changed: Set<string>;
}

/** The way from the repository's root to a directory, such as `packages/db`; empty at the root and outside of any. */
export async function repositoryPath(directory: string): Promise<string> {
  const { failed, stdout } = await git(directory, 'rev-parse', '--show-prefix');
  return failed ? '' : stdout.trim().replace(/\/$/, '');
}

/**
 * Compares the files of a directory, as they lie there, with those of a revision.
 * @throws {USAGE_INVALID} when Git does not know the revision, which is usual in a checkout of one commit.
 */
export async function readChanges(directory: string, revision: string): Promise<Changes> {
  const commit = await git(
    directory,
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  );
  if (commit.failed) {
    throw new DeployError({
      code: 'USAGE_INVALID',
      problem: `Git does not know the revision ${revision} here.`,
      next: 'Fetch it first; actions/checkout does with fetch-depth: 0.',
    });
  }
  const left = await git(directory, 'merge-base', commit.stdout.trim(), 'HEAD');
  const base = left.failed ? commit.stdout.trim() : left.stdout.trim();
  const [known, changed] = await Promise.all([
    git(directory, 'ls-tree', '-r', '-z', '--name-only', '--full-name', base, '--', '.'),
    git(directory, 'diff', '-z', '--name-only', '--no-relative', '--no-renames', base, '--', '.'),
  ]);
  const paths = (text: string) => text.split('\0').filter((path) => path !== '');
  return { base, known: paths(known.stdout), changed: new Set(paths(changed.stdout)) };
}

/** The checkout's commit; none where there is no Git or no repository, as in an image. */
export async function readCommit(directory: string): Promise<Commit> {
  const [head, status] = await Promise.all([
    git(directory, 'rev-parse', 'HEAD'),
    git(directory, 'status', '--porcelain'),
  ]);
  if (head.failed || status.failed) return { hash: null, dirty: false };
  return { hash: head.stdout.trim(), dirty: status.stdout.trim() !== '' };
}

function git(directory: string, ...args: string[]) {
  return execa('git', ['-C', directory, ...args], { reject: false, stdin: 'ignore' });
}
