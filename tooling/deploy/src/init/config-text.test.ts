import { expect, test } from 'vitest';
import { z } from 'zod';
import { Config } from '../config.ts';
import { configText } from './config-text.ts';

test('every setting of the schema says what it is, and is in the file', () => {
  const { properties, targets } = z
    .object({ properties: z.record(z.string(), z.looseObject({ description: z.string() })) })
    .transform((schema) => ({ ...schema, targets: schema.properties['targets'] }))
    .parse(z.toJSONSchema(Config, { io: 'input' }));
  const target = z
    .object({
      additionalProperties: z.object({
        properties: z.record(z.string(), z.object({ description: z.string() })),
      }),
    })
    .parse(targets).additionalProperties.properties;
  const text = configText({ migrations: 'migrations', targets: ['production'] });
  for (const name of [...Object.keys(properties), ...Object.keys(target)])
    expect(text).toMatch(new RegExp(`^ *(//)?${name}: `, 'm'));
});

test('values are quoted as JavaScript wants them', () => {
  const text = configText({ migrations: String.raw`it's\here`, targets: ['eu-west', 'us'] });
  expect(text).toContain(String.raw`migrations: 'it\'s\\here',`);
  expect(text).toMatch(/^ {4}'eu-west': \{[^]*^ {4}us: \{\n {6}urlVariable: 'US_DATABASE_URL',\n {4}\},/m);
});
