import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { BenchError } from '../bench-error.ts';

/** As a deployment runs its files: in one transaction, on the version that the examples are about. */
export const SQUAWK_OPTIONS = [
  '--assume-in-transaction',
  '--pg-version',
  '16',
  '--no-error-on-unmatched-pattern',
];

const Violation = z.object({ file: z.string(), rule_name: z.string() });

/** The program of the package for this machine; npm brings it along, nothing is downloaded when it runs. */
export function squawkProgram(): string {
  const name = `@squawk-cli/${process.platform}-${process.arch}/bin/squawk`;
  try {
    return createRequire(import.meta.resolve('squawk-cli/package.json')).resolve(name);
  } catch (error) {
    throw new BenchError(`squawk-cli has no program for ${process.platform} on ${process.arch}.`, {
      cause: error,
    });
  }
}

/** What squawk says of each text, which it reads as a file of its own. */
export async function runSquawk(directory: string, texts: readonly string[]): Promise<string[][]> {
  const files = texts.map((_text, index) => join(directory, `${index}`, 'migration.sql'));
  for (const [index, file] of files.entries()) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, texts[index] ?? '');
  }
  const options = [...SQUAWK_OPTIONS, '--include', 'require-table-schema', '--reporter', 'json'];
  const { stdout } = await execa(squawkProgram(), [...options, ...files], { reject: false, cwd: directory });
  const violations = Map.groupBy(z.array(Violation).parse(JSON.parse(stdout)), ({ file }) => file);
  return files.map((file) => (violations.get(file) ?? []).map(({ rule_name: rule }) => rule));
}
