import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deployProgram } from '../deploy-program.ts';
import { interleave } from '../interleave.ts';
import type { Line } from '../line.ts';
import { median } from '../median.ts';
import { runProgram } from '../run-program.ts';
import { SQUAWK_OPTIONS, squawkProgram } from './squawk.ts';

/** Time and memory of both on a folder of so many migrations of ten statements each, as processes. */
export async function measureMany(
  directory: string,
  count: number,
  options: { runs: number; signal: AbortSignal },
): Promise<Line[]> {
  const { runs, signal } = options;
  const root = join(directory, 'many');
  for (let index = 1; index <= count; index += 1) {
    const folder = join(root, 'migrations', `${20_200_000_000_000 + index}_m`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'migration.sql'), migration(index));
  }
  await writeFile(join(root, 'package.json'), '{ "type": "module" }\n');
  await writeFile(
    join(root, 'deploy.config.ts'),
    "export default { migrations: 'migrations', targets: {} };\n",
  );
  const env = { GITHUB_ACTIONS: '' };
  const { reference, ours } = await interleave(
    runs,
    () =>
      runProgram(squawkProgram(), [...SQUAWK_OPTIONS, 'migrations/*/migration.sql', '--reporter', 'json'], {
        env,
        cwd: root,
        exitCode: 1,
        signal,
      }),
    () => runProgram(deployProgram, ['lint', '--json'], { env, cwd: root, signal }),
  );
  const line = { against: 'squawk' };
  return [
    {
      ...line,
      measure: `lint of ${count} migrations, time`,
      unit: 'ms',
      reference: median(reference.map(({ ms }) => ms)),
      ours: median(ours.map(({ ms }) => ms)),
    },
    {
      ...line,
      measure: `lint of ${count} migrations, peak memory`,
      unit: 'bytes',
      reference: median(reference.map(({ peakBytes }) => peakBytes)),
      ours: median(ours.map(({ peakBytes }) => peakBytes)),
    },
  ];
}

function migration(index: number): string {
  const [table, before] = [`table_${index}`, `table_${Math.max(index - 1, 1)}`];
  return `-- Why: as many statements as a migration usually has.
CREATE TABLE ${table} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parent_id bigint NOT NULL REFERENCES ${before} (id) ON DELETE CASCADE,
  code text NOT NULL CHECK (length(code) BETWEEN 1 AND 20),
  amount numeric(12, 2) NOT NULL DEFAULT 0,
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_${table}_parent ON ${table} (parent_id);
CREATE UNIQUE INDEX ux_${table}_code ON ${table} (code) WHERE is_active;
ALTER TABLE ${table} ADD COLUMN note text;
ALTER TABLE ${table} ADD CONSTRAINT ck_${table}_amount CHECK (amount >= 0) NOT VALID;
ALTER TABLE ${table} VALIDATE CONSTRAINT ck_${table}_amount;
COMMENT ON TABLE ${table} IS 'One of many';
INSERT INTO ${table} (parent_id, code) VALUES (1, 'A'), (1, 'B');
UPDATE ${table} SET note = 'none' WHERE note IS NULL;
GRANT SELECT ON ${table} TO PUBLIC;
`;
}
