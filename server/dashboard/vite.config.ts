import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// Two pages and one stylesheet. `pay.css` keeps a fixed name because the payment page that
// links it is written by the server, which knows no hashes.
export default defineConfig({
  base: './',
  plugins: [svelte()],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The policy of the pages allows no `data:`, so nothing may be inlined.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ['index.html', 'phones.html', 'src/pay.css'],
      output: {
        assetFileNames: ({ names }) =>
          names.includes('pay.css') ? 'pay.css' : 'assets/[name]-[hash][extname]',
      },
    },
  },
  test: { include: ['src/**/*.test.ts'] },
});
