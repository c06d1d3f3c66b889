/** Builds the peers' pages: `vite build --config ... --outDir FOLDER`. */
import { fileURLToPath } from 'node:url'

const file = (name) => fileURLToPath(new URL(name, import.meta.url))

export default {
  root: file('.'),
  base: './',
  publicDir: false,
  logLevel: 'error',
  define: { 'process.env.IS_PREACT': '"false"', 'process.env.NODE_ENV': '"production"' },
  build: {
    emptyOutDir: true,
    target: 'es2022',
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 10_000,
    rollupOptions: {
      input: { excalidraw: file('excalidraw.js'), tldraw: file('tldraw.js') },
      output: {
        entryFileNames: '[name].js',
        assetFileNames: ({ names }) =>
          names[0]?.endsWith('.css') ? '[name].css' : 'assets/[name]-[hash][extname]',
      },
    },
  },
}
