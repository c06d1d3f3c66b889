/** `npm run import-wbo -- DIR`: all boards of a WBO server's folder, on the server's own database (SPEC-board B527). */
import { readFile, readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { cleanPadName, isPadName } from '../../../shared/ids.ts'
import { createAccess } from '../../access/access.ts'
import { createPeople } from '../../access/people.ts'
import { AppError } from '../../errors.ts'
import { silent } from '../../log.ts'
import { createPictures } from '../../pictures/pictures.ts'
import { loadSettings } from '../../settings/load.ts'
import type { Settings } from '../../settings/schema.ts'
import type { Environment } from '../../settings/substitute.ts'
import { openStore } from '../../store/index.ts'
import { StoreDown } from '../../store/store.ts'
import type { Store } from '../../store/store.ts'
import { createSync } from '../../sync/index.ts'
import { createBoardImporter } from './importer.ts'
import type { ImportReport } from './importer.ts'

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

const USAGE = `npm run import-wbo -- DIR
  Takes the boards of a WBO server (board-NAME.json and board-NAME.svg in DIR) onto the boards of pads of the same names.
  Shapes that came before are left as they are, so it can be run again.
  --settings FILE        another settings file than settings.json, as for the server
Stop a server that runs on SQLite first; with MariaDB it follows within a few seconds.`

const BOARD = /^board-(.+)\.(json|svg)$/
const MOST_BYTES = 64 * 1024 * 1024

/** Runs the command; gives the exit code. */
export async function importWboCommand(args: readonly string[], around: Surroundings): Promise<number> {
  const { env, root, cwd, out, err } = around
  const at = args.findIndex((one) => one === '--settings' || one === '-s')
  const sources = at < 0 ? [] : [args[at] ?? '', resolve(cwd, args[at + 1] ?? '')]
  const [folder, ...more] = args.filter((_, i) => at < 0 || (i !== at && i !== at + 1))
  if (folder === undefined || more.length > 0 || folder.startsWith('-')) {
    const asked = folder === undefined || folder === '--help'
    ;(asked ? out : err)(USAGE)
    return asked ? 0 : 1
  }
  try {
    const { settings } = loadSettings({ args: sources, env, root })
    const store = openStore({ dbType: settings.dbType, ...settings.dbSettings }, silent)
    await store.open()
    try {
      return await importFolder(resolve(cwd, folder), { store, settings, out, err })
    } finally {
      await store.close()
    }
  } catch (error) {
    if (!(error instanceof AppError || error instanceof StoreDown)) throw error
    err(error.message)
    return 1
  }
}

interface Parts {
  store: Store
  settings: Pick<Settings, 'limits' | 'defaultPadText' | 'lowerCasePadIds'>
  out: (line: string) => void
  err: (line: string) => void
}

/** All boards of a folder, one after the other; 1 when one could not be taken. */
export async function importFolder(folder: string, { store, settings, out, err }: Parts): Promise<number> {
  const people = createPeople({ store, log: silent, cookiePrefix: '', colour: null })
  const nobody = { holding: async () => ({ owner: null, rule: null }) }
  const access = createAccess({ store, owners: nobody, lowerCasePadIds: settings.lowerCasePadIds })
  const sync = createSync({
    store,
    log: silent,
    limits: settings.limits,
    people,
    access,
    defaultText: () => settings.defaultPadText,
    trustProxy: false,
    allowedOrigins: [],
  })
  const pictures = createPictures({ store, sync, log: silent, every: 0 })
  const importer = createBoardImporter({ store, sync, pictures, mostBytes: settings.limits.document })
  let failed = 0
  try {
    // Of a board in both forms the older one comes first: what is in both keeps its place.
    for (const name of (await readdir(folder)).filter((one) => BOARD.test(one)).sort()) {
      try {
        const pad = padNameOf(name, settings.lowerCasePadIds)
        const file = join(folder, name)
        if ((await stat(file)).size > MOST_BYTES) throw new AppError('tooLarge', 'This file is too large.')
        await sync.withDocument(`p/${pad}`, () => null, { create: true })
        const report = await importer.take({ pad, file: await readFile(file), author: '', at: null })
        out(`${name}: ${said(pad, report)}`)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        failed++
        err(`${name}: ${error.message}`)
      }
    }
  } finally {
    pictures.close()
    await importer.close()
    await sync.close(10_000)
  }
  return failed > 0 ? 1 : 0
}

/** @throws AppError `badPadName` */
function padNameOf(file: string, lower: boolean): string {
  let name = BOARD.exec(file)?.[1] ?? ''
  try {
    name = decodeURIComponent(name)
  } catch {
    // A file of version 2 may have a per cent sign that stands for itself.
  }
  const pad = cleanPadName(lower ? name.toLowerCase() : name)
  if (!isPadName(pad) || pad.includes('$')) throw new AppError('badPadName', 'No pad can have this name.')
  return pad
}

function said(pad: string, { added, known, left, missed }: ImportReport): string {
  const parts = [`${added} shapes on the board of ${pad}`]
  if (known > 0) parts.push(`${known} were there`)
  if (left > 0) parts.push(`${left} had no room`)
  const names = Object.entries(missed).map(([name, count]) => `${count} ${name}`)
  if (names.length > 0) parts.push(`not understood: ${names.join(', ')}`)
  return parts.join('; ')
}
