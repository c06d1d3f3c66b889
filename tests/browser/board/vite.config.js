/** Builds the page on which the board's view is looked at alone: `vite build --config ... --outDir FOLDER`. */
import { fileURLToPath } from 'node:url'

export default {
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  base: './',
  publicDir: false,
  logLevel: 'error',
  build: {
    emptyOutDir: true,
    minify: false,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: fileURLToPath(new URL('page.ts', import.meta.url)),
      output: { entryFileNames: 'page.js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
    },
  },
}
