/** Reads every setting of the table from what files and variables say, and finds what is wrong, unknown or idle. */
import type { Field } from './field.ts'
import { isIdle } from './field.ts'
import type { Layers, Origin } from './layers.ts'
import { valueAt } from './layers.ts'
import { fields, isField, SCHEMA } from './schema.ts'
import type { Branch, Settings } from './schema.ts'
import { shown } from './secrets.ts'
import { coerce, coerceText, isTree } from './substitute.ts'
import type { Environment } from './substitute.ts'
import { USER_VARIABLES } from './users.ts'

/** Why a start is refused: which key, and the whole line for the administrator. */
export interface Fault {
  path: readonly string[]
  line: string
}

/** A value as an administrator may see it, and who says so. */
export interface Resolved {
  /** JSON, with {@link HIDDEN} in place of secrets. */
  value: unknown
  from: Origin
}

/** What came out of reading. */
export interface Checked {
  /** Complete and right only without faults. */
  settings: Settings
  /** Settings of plugins, by plugin (`ep_*`). */
  plugins: Readonly<Record<string, unknown>>
  /** By key, dots between its parts; of plugins and accounts too. */
  sources: ReadonlyMap<string, Resolved>
  faults: readonly Fault[]
  warnings: readonly string[]
  notes: readonly string[]
}

export const TABLE = fields()
const DEFAULT: Origin = { kind: 'default' }

interface Task {
  layers: Layers
  env: Environment
  sources: Map<string, Resolved>
  faults: Fault[]
  warnings: string[]
  /** Keys whose value has no effect, by why. */
  idle: { path: readonly string[]; note: string; yet: boolean }[]
}

/** Checks everything. */
export function checkLayers(layers: Layers, env: Environment): Checked {
  const task: Task = { layers, env, sources: new Map(), faults: [], warnings: [], idle: [] }
  checkGroups(task, SCHEMA, [])
  const settings: Record<string, unknown> = {}
  for (const [path, field] of TABLE) {
    const value = readSetting(task, path, field)
    const group = groupAt(settings, path.slice(0, -1))
    if (!isIdle(field)) group[path.at(-1) ?? ''] = value
  }
  const plugins = readRest(task, layers.raw, SCHEMA, [])
  return {
    settings: settings as unknown as Settings,
    plugins,
    sources: task.sources,
    faults: task.faults,
    warnings: task.warnings,
    notes: notesOf(task.idle),
  }
}

/** A group holds an object; null and false are none. */
function checkGroups(task: Task, branch: Branch, path: readonly string[]): void {
  for (const [key, node] of Object.entries(branch)) {
    if (isField(node)) continue
    const at = [...path, key]
    const value = valueAt(task.layers.raw, at)
    if (value !== undefined && value !== null && value !== false && value !== '' && !isTree(value)) {
      const line = `${at.join('.')} is ${short(value)}; allowed is an object: { ... }`
      task.faults.push({ path: at, line })
    }
    checkGroups(task, node, at)
  }
}

function readSetting(task: Task, path: readonly string[], field: Field<unknown>): unknown {
  const key = path.join('.')
  const given = valueAt(task.layers.raw, path)
  let value = given
  let origin = task.layers.origin(path)
  if (key === 'users') value = withVariables(given, task)
  else if (given === undefined && field.env !== null) {
    const text = task.env[field.env]
    value = text === undefined ? undefined : field.text ? coerceText(text) : coerce(text)
    if (value !== undefined) origin = { kind: 'variable', variable: field.env }
  }
  const missing = value === undefined || value === null || (value === '' && !field.keepsEmpty)
  const reading = missing ? { value: field.fallback } : field.read(value)
  if ('refused' in reading) {
    const { refused } = reading
    const at = [...path, ...(refused.at?.split('.') ?? [])]
    const asked = origin?.kind === 'variable' && origin.file === undefined ? origin.variable : null
    const where = at.join('.') + (asked === null ? '' : ` (environment variable ${asked})`)
    const seen =
      field.secret && refused.value === undefined ? 'not what it should be' : short(refused.value ?? value)
    task.faults.push({
      path: at,
      line: `${where} is ${seen}; allowed is ${refused.allowed ?? field.allowed}`,
    })
    return field.fallback
  }
  if ('warning' in reading && reading.warning !== undefined) task.warnings.push(reading.warning)
  const idleHere = isIdle(field)
    ? !missing && !field.quiet(reading.value)
    : field.note !== undefined && !same(reading.value, field.fallback)
  if (idleHere && field.note !== undefined) task.idle.push({ path, note: field.note, yet: !isIdle(field) })
  if (key === 'users') noteAccounts(task, value)
  else
    task.sources.set(key, {
      value: shown(reading.value, field.secret),
      from: missing ? DEFAULT : (origin ?? DEFAULT),
    })
  return reading.value
}

/** Accounts whose password stands in a variable, where the file does not name them. */
function withVariables(value: unknown, { env }: Task): unknown {
  if (value !== undefined && value !== null && !isTree(value)) return value
  const users: Record<string, unknown> = { ...value }
  for (const { env: name, name: user, isAdmin } of USER_VARIABLES)
    if (env[name] !== undefined && env[name] !== '' && !Object.hasOwn(users, user))
      users[user] = { password: coerceText(env[name]), is_admin: isAdmin }
  return users
}

function noteAccounts(task: Task, users: unknown): void {
  for (const [name, account] of Object.entries(isTree(users) ? users : {})) {
    const asked = USER_VARIABLES.find((one) => one.name === name)?.env
    const from = task.layers.origin(['users', name, 'password']) ?? task.layers.origin(['users', name])
    const variable: Origin = asked === undefined ? DEFAULT : { kind: 'variable', variable: asked }
    task.sources.set(`users.${name}`, { value: shown(account, false), from: from ?? variable })
  }
}

/** What is left of the files: plugins' settings, keys nobody knows. */
function readRest(
  task: Task,
  tree: Readonly<Record<string, unknown>>,
  branch: Branch,
  path: readonly string[],
): Record<string, unknown> {
  const plugins: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(tree)) {
    const at = [...path, key]
    const node = Object.hasOwn(branch, key) ? branch[key] : undefined
    if (node === undefined && path.length === 0 && key.startsWith('ep_')) {
      // A block whose variables are all unset says nothing.
      if (isTree(value) && Object.keys(value).length === 0) continue
      plugins[key] = value
      notePlugin(task, value, at)
    } else if (node === undefined) {
      const reason = commonReason(branch)
      if (reason !== null && path.length > 0) task.idle.push({ path: at, note: reason, yet: false })
      else task.warnings.push(`unknown setting ${at.join('.')}; it has no effect`)
    } else if (!isField(node) && isTree(value)) readRest(task, value, node, at)
  }
  return plugins
}

/** Why a whole group has no effect; null when some of it has. */
function commonReason(branch: Branch): string | null {
  const all = fields(branch).map(([, field]) => field)
  return all.every(isIdle) ? (all[0]?.note ?? null) : null
}

function notePlugin(task: Task, value: unknown, path: readonly string[]): void {
  if (isTree(value) && Object.keys(value).length > 0)
    for (const [key, inner] of Object.entries(value)) notePlugin(task, inner, [...path, key])
  else {
    const name = path.at(-1) ?? ''
    const seen = shown({ [name]: value }, false)
    task.sources.set(path.join('.'), {
      value: isTree(seen) ? seen[name] : seen,
      from: task.layers.origin(path) ?? DEFAULT,
    })
  }
}

/** A sentence for keys of one group that share their reason. */
function notesOf(idle: Task['idle']): string[] {
  const groups = new Map<string, { keys: string[]; note: string; yet: boolean }>()
  for (const { path, note, yet } of idle) {
    const id = `${path[0] ?? ''} ${note}`
    const group = groups.get(id) ?? { keys: [], note, yet }
    group.keys.push(path.join('.'))
    groups.set(id, group)
  }
  return [...groups.values()].map(({ keys, note, yet }) => {
    const verb = keys.length > 1 ? 'have' : 'has'
    return `${keys.join(', ')} ${verb} no effect ${yet ? 'yet' : 'here'}: ${note}`
  })
}

/** The group at a path, made where there is none. */
function groupAt(tree: Record<string, unknown>, path: readonly string[]): Record<string, unknown> {
  let place = tree
  for (const key of path) {
    const next = place[key]
    const group = isTree(next) ? next : {}
    place[key] = group
    place = group
  }
  return place
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** A value for a sentence. */
export function short(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
