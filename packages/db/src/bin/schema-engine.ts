#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { restorePassword } from '../schema-engine/hidden-password.ts';
import type { Datasource } from '../schema-engine/open-shadow-session.ts';
import { runDatabaseCommand } from '../schema-engine/run-database-command.ts';
import { serveRequests } from '../schema-engine/serve-requests.ts';

// Whoever gave a URL with its password did so in arguments that the list of processes shows.
process.title = 'schema-engine';

// The CLI expects JSON on standard error, and the way this engine is loaded makes Node warn there.
process.removeAllListeners('warning');
// The CLI closes the input and sends SIGTERM at once; leaving then would leave shadow databases behind.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => {});

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    datamodels: { type: 'string', multiple: true },
    datasource: { type: 'string' },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
  },
});
const given: Datasource = JSON.parse(values.datasource ?? '{}');
const known = [process.env.DATABASE_URL, process.env.SHADOW_DATABASE_URL];
const url = restorePassword(given.url, known);
const shadowDatabaseUrl = restorePassword(given.shadowDatabaseUrl, known);
const [area, command] = positionals;

let exitCode = 0;
if (area === 'cli') {
  exitCode = await runDatabaseCommand(command ?? '', url ?? '');
} else {
  await serveRequests({
    url,
    shadowDatabaseUrl,
    datamodels: values.datamodels?.map((path) => [path, readFileSync(path, 'utf8')]),
    onLog: (line) => process.stderr.write(line),
  });
}
// The engine's own timers would keep the process for a minute after its last answer.
process.exit(exitCode);
