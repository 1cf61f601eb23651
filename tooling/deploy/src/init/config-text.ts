import { z } from 'zod';
import { Config } from '../config.ts';

/** As much of a setting's JSON Schema as is written down. */
const Setting = z.object({
  description: z.string().optional(),
  default: z.unknown().optional(),
  get properties() {
    return z.record(z.string(), Setting).optional();
  },
});
type Setting = z.infer<typeof Setting>;

const Root = z.object({
  properties: z
    .record(z.string(), Setting)
    .and(z.object({ targets: z.object({ additionalProperties: Setting }) })),
});

/** What the person who sets up the tool decides. */
export interface Choices {
  /** From the file's directory. */
  migrations: string;
  /** Names, the first of which has every setting explained. */
  targets: readonly string[];
}

/** The variable that holds a target's URL: `PRODUCTION_DATABASE_URL`. */
export function urlVariableOf(target: string): string {
  return `${target.toUpperCase().replaceAll('-', '_')}_DATABASE_URL`;
}

/**
 * A `deploy.config.ts` with every setting that the tool knows: those chosen, and as comments all others with their
 * defaults. The explanations are the schema's own.
 */
export function configText({ migrations, targets }: Choices): string {
  const { properties } = Root.parse(z.toJSONSchema(Config, { io: 'input', unrepresentable: 'any' }));
  const { targets: target, ...settings } = properties;
  const { properties: ofTarget = {} } = target.additionalProperties;
  const targetLines = targets.flatMap((name, index) => [
    `${literal(name, true)}: {`,
    ...(index === 0
      ? indented(settingsLines(ofTarget, { urlVariable: urlVariableOf(name) }))
      : [`  urlVariable: ${literal(urlVariableOf(name))},`]),
    '},',
  ]);
  return [
    "import { defineConfig } from '@apms/deploy';",
    '',
    '// Behind // without a space is every other setting, at its default.',
    'export default defineConfig({',
    ...indented(settingsLines(settings, { migrations })),
    '  // The databases to deploy to, by the name that --env takes. A URL is in the environment, never here.',
    '  targets: {',
    ...indented(indented(targetLines)),
    '  },',
    '});',
    '',
  ].join('\n');
}

const WIDTH = 100;

function settingsLines(settings: Record<string, Setting>, chosen: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, setting]) => {
    const value = chosen[name];
    const lines = value === undefined ? defaultLines(name, setting) : [`${name}: ${literal(value)},`];
    return [
      ...comment(setting.description),
      ...(value === undefined ? lines.map((line) => `//${line}`) : lines),
    ];
  });
}

/** A setting at its default; one that consists of settings has each of them explained. */
function defaultLines(name: string, { default: value, properties }: Setting): string[] {
  if (properties === undefined) return [`${name}: ${literal(value)},`];
  const inner = Object.entries(properties);
  if (value === undefined) {
    const parts = inner.flatMap(([key, { description }]) => comment(`${key}: ${description ?? ''}`));
    return [...indented(parts), `${name}: undefined,`];
  }
  const lines = inner.flatMap(([key, setting]) => [
    ...comment(setting.description),
    ...defaultLines(key, setting),
  ]);
  return [`${name}: {`, ...indented(lines), '},'];
}

function comment(text: string | undefined): string[] {
  const lines: string[] = [];
  for (const word of (text ?? '').split(' ').filter(Boolean)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= WIDTH) lines.push(`// ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

const indented = (lines: readonly string[]) => lines.map((line) => (line === '' ? '' : `  ${line}`));

/** A value as JavaScript; a key only where it needs quotes. */
function literal(value: unknown, isKey = false): string {
  if (typeof value === 'string') {
    if (isKey && /^\w+$/.test(value)) return value;
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  }
  if (Array.isArray(value)) return `[${value.map((item) => literal(item)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${literal(key, true)}: ${literal(item)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return String(value);
}
