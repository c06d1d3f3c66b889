import { defineConfig } from 'vite'

/** The client build. Asset URLs stay relative to the document (DESIGN D10), so a prefix in front of us needs no rebuild. */
export default defineConfig({
  root: 'client',
  base: './',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2022',
    // Browsers that have light-dark() and the popover API; older values would turn it into something much larger.
    cssTarget: ['chrome123', 'firefox125', 'safari17.5'],
    cssCodeSplit: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { pad: 'client/pad/main.tsx', home: 'client/home/main.tsx' },
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
})
