/** The settings as the administrator may see and, where allowed, edit them (docs/SPEC-admin.md A40 to A42). */
import type { AdminSetting } from '../../shared/admin.ts'
import { AppError } from '../errors.ts'
import type { Inspection, SettingsEditor } from '../settings/edit.ts'
import { originText } from '../settings/layers.ts'
import type { LoadedSettings } from '../settings/load.ts'
import { fields } from '../settings/schema.ts'

export interface AdminSettingsRoom {
  view(): Promise<{ settings: readonly AdminSetting[]; file: string; text: string | null }>
  /** What a text would come to: what is wrong with it, else what is worth knowing. */
  check(text: string): Promise<Pick<Inspection, 'faults' | 'warnings' | 'notes'>>
  save(text: string, before: string): Promise<void>
}

/** `editor` is null where the file may not be edited here (`showSettingsInAdminPage`, or it cannot be written). */
export function adminSettings(
  loaded: Pick<LoadedSettings, 'sources' | 'file' | 'settings'>,
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
      const { showSettingsInAdminPage: shown } = loaded.settings
      const settings = [...(shown ? loaded.sources : [])].map(([key, { value, from }]): AdminSetting => ({
        key,
        value,
        from: from.kind === 'variable' ? from.variable : originText(from),
        kind: from.kind === 'variable' ? 'environment' : from.kind,
        about: about.get(key) ?? '',
      }))
      return { settings, file: loaded.file, text: editor === null ? null : await editor.text() }
    },
    async check(text) {
      const { faults, warnings, notes } = await allowed().inspect(text)
      return { faults, warnings, notes }
    },
    save: async (text, before) => allowed().save(text, before),
  }
}
