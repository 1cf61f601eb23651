import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckResult } from '@apms/validators';
import type { Documentation } from './check.ts';

const check = { code: 'N2', title: 'Documentation of the pending migrations' } as const;

/** Every pending migration is named by a runbook or a decision record. The one check that is about files. */
export async function checkDocumentation(documentation?: Documentation): Promise<CheckResult> {
  if (documentation === undefined) {
    const problems = [{ message: 'the caller named no pending migrations' }];
    return { ...check, status: 'skipped', durationMs: 0, figures: {}, problems };
  }
  const startedAt = performance.now();
  const { migrations, docsDirectory } = documentation;
  const pages = (
    await Promise.all(['runbooks', 'adr'].map((folder) => readPages(join(docsDirectory, folder))))
  ).flat();
  const undocumented = migrations.filter((name) => !pages.some((page) => page.includes(name)));
  return {
    ...check,
    status: undocumented.length === 0 ? 'passed' : 'failed',
    durationMs: performance.now() - startedAt,
    figures: {
      pages: pages.length,
      migrations: migrations.length,
      documented: migrations.length - undocumented.length,
    },
    problems: undocumented.map((name) => ({ message: `no runbook or ADR names the migration ${name}` })),
  };
}

async function readPages(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return Promise.all(
    names.filter((name) => name.endsWith('.md')).map((name) => readFile(join(directory, name), 'utf8')),
  );
}
