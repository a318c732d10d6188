import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const gateway = process.env.AGENTS_URL ?? 'http://localhost:8080';
const forwarded = Object.fromEntries(['/api', '/openapi', '/ws'].map((path) => [path, { target: gateway, ws: true }]));

export default defineConfig({
  plugins: [react()],
  appType: 'spa',
  server: { proxy: forwarded },
  build: {
    target: 'es2022',
    rolldownOptions: { input: ['index.html', 'docs/index.html'] },
    // Everything small stays a file: `data:` addresses would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 600,
  },
  test: { include: ['src/**/*.test.ts'] },
});
