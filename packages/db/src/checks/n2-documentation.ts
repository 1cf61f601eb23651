import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from './check.ts';

/** Every pending migration is named by a runbook or a decision record. */
export const n2Documentation: Check = {
  code: 'N2',
  title: 'Documentation of the pending migrations',
  async run({ options: { documentation } }) {
    if (documentation === undefined) {
      return { figures: {}, problems: [], skipped: 'the caller named no pending migrations' };
    }
    const { migrations, docsDirectory } = documentation;
    const pages = (
      await Promise.all(['runbooks', 'adr'].map((folder) => readPages(join(docsDirectory, folder))))
    ).flat();
    const undocumented = migrations.filter((name) => !pages.some((page) => page.includes(name)));
    return {
      figures: {
        pages: pages.length,
        migrations: migrations.length,
        documented: migrations.length - undocumented.length,
      },
      problems: undocumented.map((name) => ({ message: `no runbook or ADR names the migration ${name}` })),
    };
  },
};

async function readPages(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return Promise.all(
    names.filter((name) => name.endsWith('.md')).map((name) => readFile(join(directory, name), 'utf8')),
  );
}
