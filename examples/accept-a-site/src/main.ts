#!/usr/bin/env node
import { acceptSite } from './accept-site.ts';

// `pnpm dev` says where it listens and who can log in.
const { APMS_URL = 'http://127.0.0.1:3000', APMS_PASSWORD = 'acceptance-demo' } = process.env;

const isAnswering = await fetch(APMS_URL).then(
  () => true,
  () => false,
);
if (isAnswering) {
  await acceptSite({ url: APMS_URL, password: APMS_PASSWORD, say: console.log });
} else {
  console.error(`Nothing answers at ${APMS_URL}: start \`npx pnpm@12 dev\` first, or set APMS_URL.`);
  process.exitCode = 1;
}
