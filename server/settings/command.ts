/** `npm run settings -- check [FILE]`: what a settings file comes to, for people at a terminal. */
import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { AppError } from '../errors.ts'
import { originText } from './layers.ts'
import { inspectSettings } from './load.ts'
import type { LoadedSettings } from './load.ts'
import type { Environment } from './substitute.ts'

/** What the command needs of its surroundings. */
export interface Surroundings {
  env: Environment
  /** Folder of the project. */
  root: string
  /** Folder that names of files begin in. */
  cwd: string
  out: (line: string) => void
  err: (line: string) => void
}

const USAGE = `npm run settings -- check [FILE]

Tells what FILE (settings.json otherwise) and the environment come to: every value with where it comes from, secrets
hidden. The exit code is 1 when a value is wrong.`

/** Columns for keys before their values. */
const KEYS = 52

/** Runs the command; gives the exit code. */
export function settingsCommand(args: readonly string[], around: Surroundings): number {
  const [command, ...names] = args
  if (command !== 'check' || names.length > 1 || names[0]?.startsWith('-') === true) {
    const asked = command === undefined || command === 'help' || command === '--help'
    const tell = asked ? around.out : around.err
    tell(USAGE)
    return asked ? 0 : 1
  }
  const [name] = names
  try {
    const file = name === undefined ? null : resolve(around.cwd, name)
    if (file !== null && !existsSync(file)) throw new AppError('badSettings', `${file} is not there`)
    const { loaded, faults } = inspectSettings({
      args: file === null ? [] : ['--settings', file],
      env: around.env,
      root: around.root,
    })
    for (const { line } of faults) around.err(line)
    if (faults.length > 0) return 1
    report(loaded, around.out)
    return 0
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    around.err(error.message)
    return 1
  }
}

function report(loaded: LoadedSettings, out: (line: string) => void): void {
  out(`${loaded.file}${existsSync(loaded.file) ? '' : ' (not there)'}`)
  for (const [key, { value, from }] of loaded.sources)
    out(`${key.padEnd(KEYS)} ${JSON.stringify(value)}  [${originText(from, basename)}]`)
  for (const warning of loaded.warnings) out(`Warning: ${warning}`)
  for (const note of loaded.notes) out(`Note: ${note}`)
  out(`All ${loaded.sources.size} values are right.`)
}
