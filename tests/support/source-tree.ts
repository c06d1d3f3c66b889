/** The project's source files and what they import, for tests of the house's rules. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { posix } from 'node:path'

/** Path from the root, with `/`, and content. */
export interface SourceFile {
  path: string
  text: string
}

/** Files of these folders that can hold code. */
export function sourceFiles(root: string, folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|tsx|mjs|js)$/.test(name) && !name.includes('node_modules'))
      .map((name) => {
        const path = posix.join(folder, name.replaceAll('\\', '/'))
        return { path, text: readFileSync(join(root, path), 'utf8') }
      }),
  )
}

const IMPORT =
  /^\s*(?:import|export)\s(?:[^'"]*?\sfrom\s)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm

/** What a file imports: paths from the root for our own files, names for packages. */
export function importsOf(file: SourceFile): string[] {
  return [...file.text.matchAll(IMPORT)].map((match) => {
    const target = match[1] ?? match[2] ?? ''
    return target.startsWith('.') ? posix.join(posix.dirname(file.path), target) : target
  })
}

/** A breach of an import rule, in words; null for none. */
export function breach(from: string, to: string): string | null {
  const area = (path: string) =>
    /^(shared|server|client|plugins|bench|tests|scripts)\//.exec(path)?.[1] ?? null
  const own = area(from)
  const other = area(to)
  const say = (rule: string) => `${from} imports ${to}: ${rule}`
  if (own === 'shared') {
    if (other !== null) return other === 'shared' ? null : say('shared imports nothing of ours')
    // The contract names the types of what its contexts hand out; nothing of them is loaded.
    if (
      from.startsWith('shared/plugin/') &&
      /^(express|preact|@preact\/signals|prosemirror-(state|view))$/.test(to)
    )
      return null
    if (from.startsWith('shared/board/') && /^(perfect-freehand|rbush)$/.test(to)) return null
    return /^(yjs|prosemirror-model|lib0(\/.*)?)$/.test(to)
      ? null
      : say('shared may use yjs, lib0 and prosemirror-model only')
  }
  if (own === 'plugins') {
    const folder = (path: string) => path.split('/')[1]
    if (other === null || other === 'shared') return null
    // Its tests stand beside it; they may use what all tests use.
    if (/\.test\.tsx?$/.test(from) && other !== 'plugins') return null
    return other === 'plugins' && folder(from) === folder(to)
      ? null
      : say('a plugin imports shared and itself only')
  }
  if (/^server\/main\.ts$|^client\/[^/]+\/main\.tsx$/.test(to)) return say('nobody imports a main')
  if (from.startsWith('client/ui/') && other !== null && !to.startsWith('client/ui/'))
    return say('client/ui imports nothing of ours')
  if (own === 'client' && other === null && to.startsWith('node:')) return say('no node: in a browser')
  if ((own === 'client' || own === 'server') && other !== null && other !== own && other !== 'shared')
    return say(`${own} imports shared and itself only`)
  return null
}

/** Which of these plugins a file names, in words: the name itself, in a variable's name too, or a class that begins with it. */
export function pluginsNamed({ path, text }: SourceFile, plugins: readonly string[]): string[] {
  return plugins
    .filter((name) => {
      const dashed = name.replaceAll('_', '-')
      return new RegExp(
        `(?<![a-z0-9])${name}(?![a-z0-9]|_(?!_))|(?<![a-z0-9])${dashed}(?![a-z0-9])`,
        'i',
      ).test(text)
    })
    .map((name) => `${path} names ${name}`)
}

/** Does the text hold an SQL statement? */
export function holdsSql(text: string): boolean {
  return /['"`]\s*(SELECT\s+[\w*`(].*\sFROM\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(TABLE|INDEX)\s|ALTER\s+TABLE\s)/s.test(
    text,
  )
}

/** The first import cycle found, as a list of paths; null for none. Imports of types do not count. */
export function cycleOf(files: readonly SourceFile[]): string[] | null {
  const graph = new Map(
    files.map((file) => [
      file.path,
      importsOf({
        path: file.path,
        text: file.text.replace(/^\s*(import|export) type [^'"]*['"][^'"]*['"]/gm, ''),
      }),
    ]),
  )
  const done = new Set<string>()
  const walk = (path: string, way: readonly string[]): string[] | null => {
    const at = way.indexOf(path)
    if (at >= 0) return [...way.slice(at), path]
    if (done.has(path)) return null
    for (const next of graph.get(path) ?? []) {
      const found = graph.has(next) ? walk(next, [...way, path]) : null
      if (found !== null) return found
    }
    done.add(path)
    return null
  }
  for (const path of graph.keys()) {
    const found = walk(path, [])
    if (found !== null) return found
  }
  return null
}
