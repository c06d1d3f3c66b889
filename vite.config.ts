import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import type { Plugin, Rollup } from 'vite'
import { LIBRARIES, libraryName } from './shared/plugin/libraries.ts'

const PLUGINS = fileURLToPath(new URL('plugins', import.meta.url))
const LIST = 'virtual:bundled-plugins'
const PLUGIN = 'bundled-plugin/'
const LIBRARY = 'library/'

/** Writes the names of all built files before the service worker's script, which keeps them for pages without a network. */
const filesForWorker: Plugin = {
  name: 'files-for-worker',
  generateBundle: {
    // Last: chunks of nothing but styles are taken out of the bundle before they are written.
    order: 'post',
    handler(_options, bundle) {
      const worker = bundle['sw.js']
      if (worker?.type !== 'chunk') throw new Error('the service worker is not in the build')
      // Fonts are for many scripts; a page without a network shows boards in the machine's own.
      // Grammars of code are many and small; without a network code has no colours.
      const names = Object.entries(bundle)
        .filter(([name, part]) => name.startsWith('assets/') && !name.endsWith('.woff2') && !isGrammar(part))
        .map(([name]) => name)
      worker.code = `self.builtFiles=${JSON.stringify(names)};\n${worker.code}`
    },
  },
}

function isGrammar(part: Rollup.OutputAsset | Rollup.OutputChunk): boolean {
  return part.type === 'chunk' && part.moduleIds.some((id) => /highlight\.js\/\w+\/languages\//.test(id))
}

/**
 * `virtual:bundled-plugins` lists the folders of `plugins/`, each a way to load that plugin's page half: declaration,
 * client half, English words and the address of its style sheet in one chunk; its other languages are chunks of their own.
 */
const bundledPlugins: Plugin = {
  name: 'bundled-plugins',
  resolveId: (id) => (id === LIST || id.startsWith(PLUGIN) ? `\0${id}` : null),
  load(id) {
    if (id === `\0${LIST}`) return listOfPlugins()
    return id.startsWith(`\0${PLUGIN}`) ? pageHalf(id.slice(PLUGIN.length + 1)) : null
  },
}

function listOfPlugins(): string {
  const folders = existsSync(PLUGINS) ? readdirSync(PLUGINS).sort() : []
  const names = folders.filter((name) => name.startsWith('ep_') && existsSync(`${PLUGINS}/${name}/shared.ts`))
  const entries = names.map((name) => `${JSON.stringify(name)}: () => import('${PLUGIN}${name}'),`)
  return `export const bundledPlugins = {\n${entries.join('\n')}\n}`
}

function pageHalf(name: string): string {
  const folder = `${PLUGINS}/${name}`
  const path = (file: string): string => JSON.stringify(`${folder}/${file}`)
  const has = (file: string): boolean => existsSync(`${folder}/${file}`)
  const languages = (has('locales') ? readdirSync(`${folder}/locales`) : [])
    .filter((file) => file.endsWith('.json') && file !== 'en.json' && file !== 'qqq.json')
    .map((file) => `${JSON.stringify(file.slice(0, -5))}: () => import(${path(`locales/${file}`)})`)
  return [
    has('style.css')
      ? `export { default as style } from ${JSON.stringify(`${folder}/style.css?url`)}`
      : 'export const style = null',
    `export { declaration } from ${path('shared.ts')}`,
    has('client.tsx') ? `export { client } from ${path('client.tsx')}` : 'export const client = null',
    has('locales/en.json')
      ? `export { default as english } from ${path('locales/en.json')}`
      : 'export const english = {}',
    `export const languages = { ${languages.join(', ')} }`,
  ].join('\n')
}

/** Entries that hand the page's own copies of libraries to plugins from elsewhere, through the page's import map. */
const sharedLibraries: Plugin = {
  name: 'shared-libraries',
  resolveId: (id) => (id.startsWith(LIBRARY) ? `\0${id}` : null),
  load: (id) => (id.startsWith(`\0${LIBRARY}`) ? `export * from '${id.slice(LIBRARY.length + 1)}'` : null),
}

/** The client build. Asset URLs stay relative to the document (DESIGN D10), so a prefix in front of us needs no rebuild. */
export default defineConfig({
  root: 'client',
  base: './',
  publicDir: false,
  plugins: [filesForWorker, bundledPlugins, sharedLibraries],
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
      input: {
        pad: 'client/pad/main.tsx',
        home: 'client/home/main.tsx',
        mine: 'client/my-pads/main.tsx',
        admin: 'client/admin/main.tsx',
        board: 'client/board/main.tsx',
        sw: 'client/offline/worker.ts',
        ...Object.fromEntries(LIBRARIES.map((name) => [libraryName(name), LIBRARY + name])),
      },
      preserveEntrySignatures: 'allow-extension',
      output: {
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
        // A few files, so that entries for the libraries do not cut the page into a dozen.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            // What pages of ours have in common, in one file each of script and styles: a further page costs the others nothing.
            {
              name: 'interface',
              test: /client\/(i18n|locales\/en|pad-title|page-menus|home\/(time-ago|recent)|ui\/(?!panel|toolbar|skeleton|fold|divider|field|choices|dialog|segmented|cards)|styles\/(tokens|base|ui|plain|forced))|shared\/(access|page-settings|languages|ids|protocol)/,
            },
            // Forms and dialogs: a board's page has them when the first opens.
            {
              name: 'controls',
              test: /client\/ui\/(divider|field|choices|dialog|segmented|cards)\.|shared\/plugin\/fields/,
            },
            // What every page with a document has: those of pads and of boards.
            {
              name: 'page',
              test: /client\/(styles\/(shell|pad|chat)\.css|net\/|report|frame|offline\/register|pad\/(chat-(page|lines|keep|outbox|text|button|choices)|chat|page-events|options|boot|banners|key-names|header-parts|take-text|notice-banner|status-text|more-rights|others|broken|closed-words)\.)|shared\/(settings|plugin|colour|text\/(lines|link-parts|links|numbers|formats))\.ts/,
            },
            // What pictures in pads need of boards, and boards anyway; then what else every board has.
            {
              name: 'shapes',
              test: /shared\/board\/((ids|limits|error|colours|model\/(style|keys|shape|board|read|fields)|check\/values|geometry\/(box|matrix|bounds)|ink\/(points|bits|header))\.ts)|client\/board\/pictures\/source/,
            },
            {
              name: 'boards',
              test: /perfect-freehand|shared\/board\/(model\/(order|tree|write)|geometry\/(route|forms|elbow|polyline|path|shape-bounds)|ink\/(smooth|simplify|outline))\.ts|client\/board\/(editor\/selecting|words|locales\/en|ui\/(icons|action-items))\b/,
            },
            // Apart from each other, because a board's page needs the second only when somebody writes.
            { name: 'sharing', test: /node_modules\/(yjs|lib0\/(?!hash))/ },
            { name: 'editing', test: /node_modules\/(prosemirror-|orderedmap|rope-|w3c-keyname)/ },
            { name: 'drawing', test: /node_modules\/@?preact|vite\/preload-helper/ },
          ],
        },
      },
    },
  },
})
