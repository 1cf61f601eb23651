#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Datasource } from '../schema-engine/open-shadow-session.ts';
import { runDatabaseCommand } from '../schema-engine/run-database-command.ts';
import { serveRequests } from '../schema-engine/serve-requests.ts';

// A database password must not be readable in the list of processes.
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
const datasource: Datasource = JSON.parse(values.datasource ?? '{}');
const [area, command] = positionals;

let exitCode = 0;
if (area === 'cli') {
  exitCode = await runDatabaseCommand(command ?? '', datasource.url ?? '');
} else {
  await serveRequests({
    ...datasource,
    datamodels: values.datamodels?.map((path) => [path, readFileSync(path, 'utf8')]),
    onLog: (line) => process.stderr.write(line),
  });
}
// The engine's own timers would keep the process for a minute after its last answer.
process.exit(exitCode);
