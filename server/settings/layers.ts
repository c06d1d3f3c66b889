/** Where each value comes from: files, environment, defaults, laid over each other. */
import { environmentTree, isTree, merge, PLACEHOLDER, substitute } from './substitute.ts'
import type { Environment, KeepsText } from './substitute.ts'

/** Where a value comes from. */
export type Origin =
  | { kind: 'default' }
  /** The file says it; with `variable` as what counts while that one is not set. */
  | { kind: 'file'; file: string; variable?: string }
  /** A variable that is set; `file` is the one that asks for it. */
  | { kind: 'variable'; variable: string; file?: string }

/** A file as it was read. */
export interface FileLayer {
  file: string
  content: Record<string, unknown>
}

export interface Layers {
  /** Everything files and `EP__` variables say, variables filled in. */
  readonly raw: Readonly<Record<string, unknown>>
  /** Who says what stands at `path` in `raw`; null when nobody does. */
  origin(path: readonly string[]): Origin | null
}

/** Lays `files`, later ones over earlier ones, under the `EP__` variables. */
export function layersOf(
  files: readonly FileLayer[],
  env: Environment,
  keepsText: KeepsText,
  warn: (warning: string) => void,
): Layers {
  const filled = files.map(({ file, content }) => ({
    file,
    content,
    tree: substitute(content, env, keepsText, warn),
  }))
  const variables = environmentTree(env, keepsText)
  const raw = [...filled.map(({ tree }) => tree), variables].reduce((base, over) => merge(base, over), {})
  return {
    raw: isTree(raw) ? raw : {},
    origin(path) {
      if (valueAt(variables, path) !== undefined)
        return { kind: 'variable', variable: `EP__${path.join('__')}` }
      const layer = filled.findLast(({ tree }) => valueAt(tree, path) !== undefined)
      if (layer === undefined) return null
      const { file } = layer
      const written = valueAt(layer.content, path)
      const variable = typeof written === 'string' ? PLACEHOLDER.exec(written)?.[1] : undefined
      if (variable === undefined) return { kind: 'file', file }
      return env[variable] === undefined
        ? { kind: 'file', file, variable }
        : { kind: 'variable', variable, file }
    },
  }
}

/** What stands at a path of a tree; undefined for nothing. */
export function valueAt(tree: unknown, path: readonly string[]): unknown {
  let value = tree
  for (const key of path) value = isTree(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return value
}

/** The origin in words. `name` shortens names of files. */
export function originText(origin: Origin, name: (file: string) => string = (file) => file): string {
  if (origin.kind === 'default') return 'default'
  if (origin.kind === 'variable') return `environment variable ${origin.variable}`
  return origin.variable === undefined
    ? name(origin.file)
    : `${name(origin.file)} (${origin.variable} is not set)`
}
