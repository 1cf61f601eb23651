import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Migration } from '../migration.ts';
import type { Command, ComparedTool, MissingTool, Place } from '../tool.ts';

const CONFIG = '[core]\n\tengine = pg\n[user]\n\tname = bench\n\temail = bench@example.com\n';
const PLAN = '%syntax-version=1.0.0\n%project=bench\n';

/** Sqitch, where the machine has it; every script opens and commits its transaction, as its templates do. */
export async function sqitchTool(): Promise<ComparedTool | MissingTool> {
  const { exitCode, stdout } = await execa('sqitch', ['--version'], { reject: false });
  const version = /v(\d[\d.]*)/.exec(stdout ?? '')?.[1];
  if (exitCode !== 0 || version === undefined) {
    return { name: 'Sqitch', missing: 'not installed (Debian: apt-get install sqitch libdbd-pg-perl)' };
  }
  return {
    name: 'Sqitch',
    version,
    typed: { deploy: 'sqitch deploy', audit: 'sqitch check', back: 'sqitch revert -y --to @HEAD^' },
    async write(directory, migrations) {
      for (const folder of ['deploy', 'revert', 'verify']) {
        await rm(join(directory, folder), { recursive: true, force: true });
        await mkdir(join(directory, folder));
      }
      await writeFile(join(directory, 'sqitch.conf'), CONFIG);
      const lines = migrations.map(
        ({ name }) => `${name} 2027-01-01T00:00:00Z bench <bench@example.com> # ${name}`,
      );
      await writeFile(join(directory, 'sqitch.plan'), `${PLAN}\n${lines.join('\n')}\n`);
      for (const migration of migrations) {
        const { name, sql, down } = migration;
        await writeFile(join(directory, fileOf(migration)), script(migration, sql));
        await writeFile(join(directory, `revert/${name}.sql`), script(migration, down));
      }
    },
    fileOf,
    deploy: (place) => command(place, ['deploy']),
    audit: (place) => command(place, ['check']),
    back: (place) => command(place, ['revert', '-y', '--to', '@HEAD^']),
    help: (place) => command(place, ['help']),
    async history(client) {
      const { rows } = await client.query<{ change: string }>(
        'select change from sqitch.changes order by committed_at',
      );
      return rows.map(({ change }) => ({ name: change, state: 'applied' }));
    },
  };
}

function script({ alone }: Migration, sql: string): string {
  return alone ? `${sql}\n` : `BEGIN;\n\n${sql}\n\nCOMMIT;\n`;
}

function command({ environment }: Place, [verb = '', ...args]: readonly string[]): Command {
  const target = ['deploy', 'revert', 'check'].includes(verb) ? ['--target', 'db:pg:'] : [];
  return { file: 'sqitch', args: [verb, ...target, ...args], env: environment };
}

function fileOf({ name }: Migration): string {
  return `deploy/${name}.sql`;
}
