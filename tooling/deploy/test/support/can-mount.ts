import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** Whether this process may mount a file system of its own, so that a test can fill it. */
export async function canMount(): Promise<boolean> {
  const directory = await mkdtemp(join(tmpdir(), 'apms-mount-'));
  const { failed } = await execa('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', directory], {
    reject: false,
  });
  if (!failed) await execa('umount', [directory]);
  await rm(directory, { recursive: true });
  return !failed;
}
