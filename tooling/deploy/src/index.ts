export { type ConfigInput, defineConfig } from './config.ts';
