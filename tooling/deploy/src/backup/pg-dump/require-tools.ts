import type { ClientTools } from '../../client-tools.ts';

/** The tools, which every caller with a server of its own has looked for. */
export function requireTools(tools: ClientTools | undefined, tool: string): ClientTools {
  if (tools === undefined) throw new Error(`${tool} was not looked for.`);
  return tools;
}
