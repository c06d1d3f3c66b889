/** What Vite built: which files a page needs, and the files themselves (`dist/client`). */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { LIBRARIES, libraryName } from '../../shared/plugin/libraries.ts'
import { isTree } from '../settings/substitute.ts'

/** Files of one page, relative to our root. */
export interface PageFiles {
  script: string
  styles: readonly string[]
  /** Modules the script imports, to be fetched at once. */
  preloads: readonly string[]
  /** Modules that are needed a little later, and must not keep the others waiting. */
  later?: readonly string[]
}

/** A built file. */
export interface BuiltFile {
  path: string
  type: string
  /** Compressed copies that `scripts/build.mjs` made, by Content-Encoding. */
  encodings: readonly ('br' | 'gzip')[]
}

export interface ClientBuild {
  /** The files of a page (`pad`, `home`); null when the client is not built. */
  page(name: string): PageFiles | null
  /**
   * The modules of a bundled plugin's page half beyond those of the pad's page, and its style sheets; null for none of
   * this name.
   */
  plugin(name: string): { modules: readonly string[]; styles: readonly string[] } | null
  /** Libraries that plugins from elsewhere share with the page, with their files relative to our root. */
  libraries(): ReadonlyMap<string, string>
  /** A built file by its name in `assets/`. */
  file(name: string): BuiltFile | null
  /** Path of the service worker's script; null when the client is not built. */
  worker(): string | null
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.map': 'application/json',
}

interface Chunk {
  file: string
  name: string
  isEntry: boolean
  css: readonly string[]
  assets: readonly string[]
  imports: readonly string[]
}

/** Reads a build; a later build in the same folder is noticed with the next page. */
export function readClientBuild(folder: string): ClientBuild {
  const manifest = join(folder, 'manifest.json')
  let read = 0
  let chunks = new Map<string, Chunk>()
  let files = new Map<string, BuiltFile>()

  function refresh(): void {
    const time = statSync(manifest, { throwIfNoEntry: false })?.mtimeMs ?? 0
    if (time === read) return
    read = time
    chunks = time === 0 ? new Map() : readChunks(manifest)
    files = readFiles(join(folder, 'assets'))
  }

  return {
    page(name) {
      refresh()
      const entry = [...chunks.values()].find((chunk) => chunk.isEntry && chunk.name === name)
      if (entry === undefined) return null
      const needed = closure(entry, chunks)
      return {
        script: entry.file,
        styles: [...new Set(needed.flatMap((chunk) => chunk.css))],
        preloads: needed.filter((chunk) => chunk !== entry).map((chunk) => chunk.file),
      }
    },
    plugin(name) {
      refresh()
      const found = [...chunks].find(([key]) => key.endsWith(`bundled-plugin/${name}`))?.[1]
      const pad = [...chunks.values()].find((chunk) => chunk.isEntry && chunk.name === 'pad')
      if (found === undefined || pad === undefined) return null
      const there = new Set(closure(pad, chunks))
      const needed = closure(found, chunks).filter((chunk) => !there.has(chunk))
      return {
        modules: needed.map((chunk) => chunk.file),
        styles: needed.flatMap((chunk) => chunk.assets).filter((file) => file.endsWith('.css')),
      }
    },
    libraries() {
      refresh()
      const files = new Map(
        [...chunks.values()].map((chunk) => [chunk.isEntry ? chunk.name : '', chunk.file]),
      )
      return new Map(
        LIBRARIES.flatMap((library) => {
          const built = files.get(libraryName(library))
          return built === undefined ? [] : [[library, built] as const]
        }),
      )
    },
    file(name) {
      if (read === 0) refresh()
      return files.get(name) ?? null
    },
    worker() {
      const path = join(folder, 'sw.js')
      return existsSync(path) ? path : null
    },
  }
}

/** A chunk with all it imports, imports first. */
function closure(entry: Chunk, chunks: ReadonlyMap<string, Chunk>): Chunk[] {
  const found = new Set<Chunk>()
  const visit = (chunk: Chunk | undefined) => {
    if (chunk === undefined || found.has(chunk)) return
    for (const key of chunk.imports) visit(chunks.get(key))
    found.add(chunk)
  }
  visit(entry)
  return [...found]
}

function readChunks(manifest: string): Map<string, Chunk> {
  const content: unknown = JSON.parse(readFileSync(manifest, 'utf8'))
  const list = (value: unknown) =>
    Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  const chunks = new Map<string, Chunk>()
  for (const [key, value] of Object.entries(isTree(content) ? content : {})) {
    if (!isTree(value) || typeof value.file !== 'string') continue
    chunks.set(key, {
      file: value.file,
      name: typeof value.name === 'string' ? value.name : '',
      isEntry: value.isEntry === true,
      css: list(value.css),
      assets: list(value.assets),
      imports: list(value.imports),
    })
  }
  return chunks
}

function readFiles(folder: string): Map<string, BuiltFile> {
  const names = new Set(existsSync(folder) ? readdirSync(folder) : [])
  const files = new Map<string, BuiltFile>()
  for (const name of names) {
    const type = TYPES[extname(name)]
    if (type === undefined) continue
    const encodings = (
      [
        ['br', '.br'],
        ['gzip', '.gz'],
      ] as const
    )
      .filter(([, ending]) => names.has(name + ending))
      .map(([encoding]) => encoding)
    files.set(name, { path: join(folder, name), type, encodings })
  }
  return files
}
