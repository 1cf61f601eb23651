import tailwindcss from '@tailwindcss/vite';
import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';

/** Where the API is while the console is developed: pages and API seem to be one origin, as they are in production. */
const {
  PORT = '3000',
  API_URL = `http://127.0.0.1:${PORT}`,
  APP_URL = 'http://127.0.0.1:5173',
} = process.env;
const paths = ['/trpc', '/rest', '/auth', '/documents', '/openapi.json', '/livez'];

export default defineConfig({
  plugins: [
    tanstackRouter({ target: 'react', autoCodeSplitting: true }),
    react(),
    tailwindcss(),
    compression({ algorithms: ['brotliCompress', 'gzip'], include: /\.(?:js|css|svg)$/ }),
  ],
  build: {
    target: ['chrome123', 'firefox128', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
  },
  server: {
    host: '127.0.0.1',
    port: Number(new URL(APP_URL).port),
    strictPort: true,
    proxy: Object.fromEntries(paths.map((path) => [path, { target: API_URL }])),
  },
});
