import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createScenario, type Scenario } from './support/scenario.ts';

describe.skipIf(inject('testServer').kind === 'embedded')('a server of another version', () => {
  let scenario: Scenario;
  let server: Server;

  beforeAll(async () => {
    scenario = await createScenario({ template: 'empty' });
    server = createServer((client) => {
      const { hostname, port } = new URL(scenario.database.url);
      const upstream = connect(Number(port), hostname);
      for (const socket of [client, upstream]) socket.on('error', () => undefined);
      client.on('end', () => upstream.end()).on('data', (data) => upstream.write(data));
      upstream.on('end', () => client.end()).on('data', (data) => client.write(asOlder(data)));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterAll(async () => {
    server.close();
    await scenario.remove();
  });

  test('is refused with exit 2, and nothing is changed', async () => {
    const { project, identity, database } = scenario;
    const before = await identity();
    const url = new URL(database.url);
    const address = server.address();
    if (typeof address === 'object') url.port = `${address?.port}`;
    for (const command of ['run', 'plan']) {
      const result = await project.deploy([command, '--env', 'staging'], { STAGING_DATABASE_URL: url.href });
      expect(result.exitCode).toBe(2);
      expect(result.output).toMatch(/The server is PostgreSQL 13\.\d+.*; 14 to 18 are supported\./);
    }
    expect(await identity()).toEqual(before);
  });
});

/** What a server says, with its version made 13 wherever it tells it, and as long as it was. */
function asOlder(data: Buffer): Buffer {
  const text = data.toString('latin1').replaceAll(/\b1[4-8](?=\.\d+ |\.\d+\0|0\d{3}\b)/g, '13');
  return Buffer.from(text, 'latin1');
}
