import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

/** Writes the names of all built files before the service worker's script, which keeps them for pages without a network. */
const filesForWorker: Plugin = {
  name: 'files-for-worker',
  generateBundle(_options, bundle) {
    const worker = bundle['sw.js']
    if (worker?.type !== 'chunk') throw new Error('the service worker is not in the build')
    const names = Object.keys(bundle).filter((name) => name.startsWith('assets/'))
    worker.code = `self.builtFiles=${JSON.stringify(names)};\n${worker.code}`
  },
}

/** The client build. Asset URLs stay relative to the document (DESIGN D10), so a prefix in front of us needs no rebuild. */
export default defineConfig({
  root: 'client',
  base: './',
  publicDir: false,
  plugins: [filesForWorker],
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
      input: { pad: 'client/pad/main.tsx', home: 'client/home/main.tsx', sw: 'client/offline/worker.ts' },
      output: {
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
})
