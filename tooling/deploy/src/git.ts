import { execa } from 'execa';

/** The commit that is deployed, as far as Git can say. */
export interface Commit {
  hash: string | null;
  /** Whether the checkout has changes that the commit does not. */
  dirty: boolean;
}

/** The checkout's commit; none where there is no Git or no repository, as in an image. */
export async function readCommit(directory: string): Promise<Commit> {
  const git = async (...args: string[]) =>
    execa('git', ['-C', directory, ...args], { reject: false, stdin: 'ignore' });
  const [head, status] = await Promise.all([git('rev-parse', 'HEAD'), git('status', '--porcelain')]);
  if (head.failed || status.failed) return { hash: null, dirty: false };
  return { hash: head.stdout.trim(), dirty: status.stdout.trim() !== '' };
}
