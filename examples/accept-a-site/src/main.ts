#!/usr/bin/env node
import { acceptSite } from './accept-site.ts';

// `pnpm dev` says where it listens and who can log in.
const { APMS_URL = 'http://127.0.0.1:3000', APMS_PASSWORD = 'acceptance-demo' } = process.env;

await acceptSite({ url: APMS_URL, password: APMS_PASSWORD, say: console.log });
