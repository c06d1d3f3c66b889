/** Checked editing of the settings file, for the admin page. What is written counts after a restart. */
import { randomBytes } from 'node:crypto'
import {
  accessSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { AppError } from '../errors.ts'
import { BadText, LONGEST_FILE, parseSettings, placeOf, readSettingsText } from './files.ts'
import { coverSecrets, uncoverSecrets } from './hidden-text.ts'
import { inspectSettings } from './load.ts'
import type { LoadedSettings, Resolved, SettingsSources } from './load.ts'

/** Something wrong with a text of settings; line and column from 1. */
export interface TextFault {
  line: number
  column: number
  /** The key it is about; empty when it is about the text. */
  key: string
  message: string
}

/** What a text would come to. */
export interface Inspection {
  faults: readonly TextFault[]
  warnings: readonly string[]
  notes: readonly string[]
  /** The resolved values, secrets hidden; null while there are faults. */
  sources: ReadonlyMap<string, Resolved> | null
}

export interface SettingsEditor {
  /** The file's text with secrets covered; '' while there is none. */
  text(): Promise<string>
  /** What a text, with covers where the file has secrets, would come to. Writes nothing. */
  inspect(text: string): Promise<Inspection>
  /**
   * Writes a text that is right, whole or not at all; covers become the secrets again.
   * @throws AppError `badRequest` when it is not right, or when the file no longer says `before` (as `text` gave it);
   *   `forbidden` when it cannot be written
   */
  save(text: string, before: string): Promise<void>
}

/** Mode of a file that was not there: passwords may come to stand in it. */
const NEW_MODE = 0o600

/** The editor of a settings file; null where it may not be edited (`showSettingsInAdminPage`) or cannot be written. */
export function createSettingsEditor(
  loaded: Pick<LoadedSettings, 'settings' | 'file'>,
  sources: SettingsSources,
): SettingsEditor | null {
  const { file } = loaded
  if (!loaded.settings.showSettingsInAdminPage || !isWritable(file)) return null

  const original = (): string => readSettingsText(file) ?? ''
  /** The file as it can be shown. In one that was broken by hand meanwhile nobody knows what the secrets are. */
  const cover = (text: string): string => {
    try {
      parseSettings(file, text)
    } catch (error) {
      if (error instanceof BadText)
        throw new AppError('badRequest', `${error.message}; mend it outside first`)
      throw error
    }
    return coverSecrets(text)
  }

  function inspect(text: string): { inspection: Inspection; whole: string } {
    const wrong = (fault: TextFault) => ({
      inspection: { faults: [fault], warnings: [], notes: [], sources: null },
      whole: text,
    })
    if (text.length > LONGEST_FILE)
      return wrong({ line: 1, column: 1, key: '', message: `longer than ${LONGEST_FILE} characters` })
    try {
      parseSettings(file, text)
      const back = uncoverSecrets(text, original())
      if ('place' in back)
        return wrong({
          ...back.place,
          key: '',
          message: 'this covers no secret of the file; write the value itself',
        })
      const { loaded: found, faults } = inspectSettings({ ...sources, text: back.text })
      const placed = faults.map(({ path, line }) => {
        return { ...placeOf(text, path), key: path.join('.'), message: line }
      })
      return {
        inspection: {
          faults: placed,
          warnings: found.warnings,
          notes: found.notes,
          sources: placed.length === 0 ? found.sources : null,
        },
        whole: back.text,
      }
    } catch (error) {
      if (error instanceof BadText) return wrong({ ...error.place, key: '', message: error.fault })
      if (error instanceof AppError) return wrong({ line: 1, column: 1, key: '', message: error.message })
      throw error
    }
  }

  return {
    text: async () => cover(original()),
    inspect: async (text) => inspect(text).inspection,
    // Without a wait between the look at the file and its replacement: two administrators are one after the other.
    async save(text, before) {
      if (cover(original()) !== before)
        throw new AppError(
          'badRequest',
          'The file has changed meanwhile. Load it again and make your changes there.',
        )
      const { inspection, whole } = inspect(text)
      const [first] = inspection.faults
      if (first !== undefined)
        throw new AppError('badRequest', `Line ${first.line}, column ${first.column}: ${first.message}`)
      replaceFile(file, whole)
    },
  }
}

function isWritable(file: string): boolean {
  try {
    const real = existsSync(file) ? realpathSync(file) : file
    if (existsSync(real)) accessSync(real, constants.W_OK)
    accessSync(dirname(real), constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Replaces a file by a text, whole or not at all; mode and owner stay, and a link to it stays one. */
export function replaceFile(file: string, text: string): void {
  const real = existsSync(file) ? realpathSync(file) : file
  const old = statSync(real, { throwIfNoEntry: false })
  const fresh = join(dirname(real), `.settings-${randomBytes(6).toString('hex')}.tmp`)
  try {
    const handle = openSync(fresh, 'wx', NEW_MODE)
    try {
      writeFileSync(handle, text)
      // After the owner, because a change of owner takes bits of the mode away.
      if (old !== undefined) keepOwner(fresh, old)
      fchmodSync(handle, old === undefined ? NEW_MODE : old.mode & 0o7777)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(fresh, real)
  } catch (error) {
    rmSync(fresh, { force: true })
    const code =
      typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error)
    const why =
      code === 'EBUSY'
        ? 'is mounted by itself; mount its folder, or edit it outside'
        : `cannot be written (${code})`
    throw new AppError('forbidden', `${file} ${why}`)
  }
}

function keepOwner(fresh: string, old: { uid: number; gid: number }): void {
  const now = statSync(fresh)
  if (now.uid === old.uid && now.gid === old.gid) return
  try {
    chownSync(fresh, old.uid, old.gid)
  } catch {
    // Whoever may write a file need not be allowed to give one away.
  }
}
