#!/usr/bin/env node
import { z } from 'zod';
import { installQueues } from '../jobs/install-queues.ts';

/** Makes or updates the tables of the job queue in the database DATABASE_URL, as its owner. */
const connectionString = z
  .url({
    protocol: /^postgres(?:ql)?$/,
    error: 'DATABASE_URL must be a postgresql:// URL of the database owner',
  })
  .safeParse(process.env['DATABASE_URL']);

if (connectionString.success) {
  await installQueues(connectionString.data);
  console.log('The job queue is installed and up to date.');
} else {
  console.error(connectionString.error.issues.map(({ message }) => message).join('\n'));
  process.exitCode = 2;
}
