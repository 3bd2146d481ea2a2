import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { worldShapes } from './dev/world.mjs';

const api = process.env.HINOMI_API ?? 'http://127.0.0.1:8790';

export default defineConfig({
  base: '/',
  plugins: [svelte(), worldShapes()],
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsDir: 'assets',
    // Nothing may become a data: address, the content security policy forbids them.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', proxy: { '/api': api, '/healthz': api } },
});
