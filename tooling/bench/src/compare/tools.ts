import type { Bench } from '../bench.ts';
import type { ComparedTool, MissingTool } from './tool.ts';
import { dbmateTool } from './tools/dbmate.ts';
import { deployTool } from './tools/deploy.ts';
import { graphileMigrateTool } from './tools/graphile-migrate.ts';
import { nodePgMigrateTool } from './tools/node-pg-migrate.ts';
import { prismaTool } from './tools/prisma.ts';
import { sqitchTool } from './tools/sqitch.ts';

/** Every tool that is compared, by the name that the command line knows it by. */
export const tools = {
  deploy: async () => deployTool,
  prisma: prismaTool,
  sqitch: sqitchTool,
  dbmate: dbmateTool,
  'graphile-migrate': graphileMigrateTool,
  'node-pg-migrate': nodePgMigrateTool,
} satisfies Record<string, (bench: Bench) => Promise<ComparedTool | MissingTool>>;

/** Whether there is a tool of that name. */
export function isToolName(name: string): name is keyof typeof tools {
  return Object.hasOwn(tools, name);
}
