/**
 * The libraries that plugins from elsewhere share with the page: two copies of one of them in a page would not know each
 * other's nodes, documents or signals. The build makes an entry of each, the page's import map points to them.
 */
export const LIBRARIES = [
  '@preact/signals',
  'lib0/decoding',
  'lib0/encoding',
  'preact',
  'preact/hooks',
  'preact/jsx-runtime',
  'prosemirror-commands',
  'prosemirror-keymap',
  'prosemirror-model',
  'prosemirror-state',
  'prosemirror-transform',
  'prosemirror-view',
  'yjs',
] as const

/** The name of a library's entry in the build's manifest. */
export function libraryName(library: string): string {
  return `library-${library.replace(/[^a-z0-9]+/g, '-').replace(/^-/, '')}`
}
