import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

const packageDirectory = join(import.meta.dirname, '..');

/** The program that serves the schema engine. */
export const schemaEngine: string = join(packageDirectory, 'src/bin/schema-engine.ts');

/** Two models, one referring to the other. */
export const MODELS = `
model User {
  id    String @id
  posts Post[]
}
model Post {
  id     String    @id
  userId String    @map("user_id")
  user   User      @relation(fields: [userId], references: [id], onDelete: Cascade)
}
`;

export interface PrismaResult {
  readonly exitCode: number | undefined;
  /** Standard output and error as they came, without colours. */
  readonly output: string;
}

export interface PrismaOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
}

/** Runs Prisma's own CLI as on a machine that was never used before and cannot reach the network. */
export async function prisma(
  args: string,
  { cwd = packageDirectory, env, input = '' }: PrismaOptions = {},
): Promise<PrismaResult> {
  const home = await mkdtemp(join(tmpdir(), 'apms-home-'));
  const nowhere = 'http://127.0.0.1:9';
  try {
    const { exitCode, all } = await execa('prisma', args.split(' '), {
      cwd,
      env: { HOME: home, HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, NO_COLOR: '1', ...env },
      input,
      all: true,
      reject: false,
      preferLocal: true,
      localDir: packageDirectory,
    });
    return { exitCode, output: all };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

export interface PrismaProject {
  readonly directory: string;
  writeSchema(models: string): Promise<void>;
  writeMigration(name: string, sql: string): Promise<void>;
  prisma(args: string, options?: PrismaOptions): Promise<PrismaResult>;
  remove(): Promise<void>;
}

const CONFIG = `
const { DATABASE_URL: url, SHADOW_DATABASE_URL: shadowDatabaseUrl } = process.env;
export default {
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  ...(url ? { datasource: { url, ...(shadowDatabaseUrl ? { shadowDatabaseUrl } : {}) } } : {}),
};
`;

/** A throw-away Prisma project on the database of `url`, served by our schema engine. */
export async function createPrismaProject(url: string): Promise<PrismaProject> {
  const directory = await mkdtemp(join(tmpdir(), 'apms-prisma-'));
  const write = async (path: string, content: string): Promise<void> => {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  };
  const env = {
    DATABASE_URL: url,
    PRISMA_SCHEMA_ENGINE_BINARY: schemaEngine,
    CHECKPOINT_DISABLE: '1',
  };
  await write('prisma.config.ts', CONFIG);
  await write('migrations/migration_lock.toml', 'provider = "postgresql"\n');
  return {
    directory,
    writeSchema: (models) =>
      write('schema.prisma', `datasource db {\n  provider = "postgresql"\n}\n${models}`),
    writeMigration: (name, sql) => write(`migrations/${name}/migration.sql`, sql),
    prisma: (args, options) => prisma(args, { cwd: directory, ...options, env: { ...env, ...options?.env } }),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
