/** Builds the page with Quill for its test; `--outDir` says where to. */
import path from 'node:path'

export default {
  logLevel: 'error',
  build: {
    lib: {
      entry: path.resolve(import.meta.dirname, 'quill-page.ts'),
      formats: ['es'],
      fileName: () => 'page.js',
    },
  },
}
