/** The settings as the administrator may see and, where allowed, edit them (docs/SPEC-admin.md A40 to A42). */
import type { AdminSetting } from '../../shared/admin.ts'
import { AppError } from '../errors.ts'
import { originText } from '../settings/layers.ts'
import type { LoadedSettings } from '../settings/load.ts'
import { fields } from '../settings/schema.ts'

/** Something wrong with a text of settings; line and column from 1. */
export interface SettingsFault {
  line: number
  column: number
  message: string
}

/** Edits the settings file; what it says counts after a restart. */
export interface SettingsEditor {
  /** The file's text; '' while there is none. */
  text(): Promise<string>
  /** What is wrong with a text; empty when nothing is. */
  check(text: string): Promise<readonly SettingsFault[]>
  /**
   * Writes a text that is right, whole or not at all.
   * @throws AppError `badRequest` when it is not right, or when the file is no longer `before`
   */
  save(text: string, before: string): Promise<void>
}

export interface AdminSettingsRoom {
  view(): Promise<{ settings: readonly AdminSetting[]; file: string; text: string | null }>
  check(text: string): Promise<{ faults: readonly SettingsFault[] }>
  save(text: string, before: string): Promise<void>
}

/** `editor` is null where the file may not be edited here (`showSettingsInAdminPage`, or it cannot be written). */
export function adminSettings(
  loaded: Pick<LoadedSettings, 'sources' | 'file'>,
  editor: SettingsEditor | null,
): AdminSettingsRoom {
  const about = new Map(fields().map(([path, field]) => [path.join('.'), field.about]))
  const allowed = (): SettingsEditor => {
    if (editor !== null) return editor
    throw new AppError(
      'forbidden',
      'The settings cannot be edited here: showSettingsInAdminPage is false, or the file cannot be written.',
    )
  }
  return {
    async view() {
      const settings = [...loaded.sources].map(([key, { value, from }]): AdminSetting => ({
        key,
        value,
        from: originText(from),
        kind: from.kind === 'variable' ? 'environment' : from.kind,
        about: about.get(key) ?? '',
      }))
      return { settings, file: loaded.file, text: editor === null ? null : await editor.text() }
    },
    check: async (text) => ({ faults: await allowed().check(text) }),
    save: async (text, before) => allowed().save(text, before),
  }
}
