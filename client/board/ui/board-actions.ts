/** What a person can do on the board besides the editor's: dialogs, overview, search, slides, links to a view. */
import { copyText } from '../../pad/take-text.ts'
import { toast } from '../../ui/toasts.tsx'
import { copyPicture, copySvg } from '../files/copy.ts'
import type { BoardAction } from '../types.ts'
import { say } from '../words.ts'
import { fragmentOf } from './deep-link.ts'
import { framesOf, showSlide } from './slides.ts'
import type { BoardDialog, BoardUi } from './ui.ts'

/** The actions of the islands. */
export function islandActions(ui: BoardUi): BoardAction[] {
  const { editor } = ui
  const opens =
    (dialog: BoardDialog): (() => void) =>
    () => {
      ui.dialog.value = ui.dialog.peek() === dialog ? null : dialog
    }
  const always = (): boolean => true
  const selected = (): boolean => editor.selection.value.size > 0
  const one = (): string | null => {
    const [id] = editor.selection.value
    return id !== undefined && editor.selection.value.size === 1 ? id : null
  }
  const base = { group: 'board', writes: false, enabled: always } as const
  return [
    {
      ...base,
      id: 'palette',
      label: 'board.palette',
      icon: 'search',
      keys: ['Mod-k'],
      run: opens('palette'),
    },
    { ...base, id: 'help', label: 'board.help', icon: 'keyboard', keys: ['Mod-/', '?'], run: opens('help') },
    {
      ...base,
      id: 'search',
      group: 'view',
      label: 'board.search',
      icon: 'search',
      keys: ['Mod-f'],
      run: () => (ui.searching.value = true),
    },
    {
      ...base,
      id: 'minimap',
      group: 'view',
      label: 'board.minimap',
      icon: 'minimap',
      keys: ['Shift-m'],
      active: () => ui.minimap.value,
      run: () => (ui.minimap.value = !ui.minimap.peek()),
    },
    {
      ...base,
      id: 'templates',
      group: 'insert',
      label: 'board.templates',
      icon: 'template',
      keys: ['Shift-t'],
      writes: true,
      run: opens('templates'),
    },
    {
      ...base,
      id: 'ground',
      label: 'board.ground',
      icon: 'grid',
      keys: ['g'],
      writes: true,
      run: opens('ground'),
    },
    {
      ...base,
      id: 'files',
      label: 'board.files',
      icon: 'export',
      keys: ['Mod-Shift-s'],
      run: opens('files'),
    },
    {
      ...base,
      id: 'copy-picture',
      group: 'edit',
      label: 'board.copyPicture',
      icon: 'image',
      keys: ['Shift-c'],
      run: () => void copyPicture(ui).then(saidCopied),
    },
    {
      ...base,
      id: 'copy-svg',
      group: 'edit',
      label: 'board.copySvg',
      icon: 'copy',
      keys: ['Shift-x'],
      run: () => void copySvg(ui).then(saidCopied),
    },
    {
      ...base,
      id: 'clear-person',
      label: 'board.clearPerson',
      icon: 'eraser',
      keys: ['Shift-w'],
      writes: true,
      run: opens('clear'),
    },
    {
      ...base,
      id: 'meeting',
      group: 'meeting',
      label: 'board.meeting',
      icon: 'presenter',
      keys: ['Shift-s'],
      run: opens('meeting'),
    },
    {
      ...base,
      id: 'present-me',
      group: 'meeting',
      label: 'board.presentMe',
      icon: 'presenter',
      keys: ['Shift-p'],
      enabled: () => {
        const { meeting } = ui.together
        return meeting.mayChange({ presenter: meeting.presenting.value ? null : ui.me.value.author })
      },
      active: () => ui.together.meeting.presenting.value,
      run: () => ui.together.meeting.present(!ui.together.meeting.presenting.peek()),
    },
    {
      ...base,
      id: 'gather',
      group: 'meeting',
      label: 'board.gather',
      icon: 'follow',
      keys: ['Shift-g'],
      enabled: () => ui.together.meeting.mayGather.value,
      run: () => ui.together.gather(),
    },
    {
      ...base,
      id: 'open-link',
      group: 'edit',
      label: 'board.openLink',
      icon: 'external',
      keys: ['Shift-o'],
      enabled: () => linkOf(ui, one()) !== null,
      run() {
        const link = linkOf(ui, one())
        if (link !== null) window.open(link, '_blank', 'noopener,noreferrer')
      },
    },
    {
      ...base,
      id: 'rename',
      group: 'edit',
      label: 'board.rename',
      icon: 'edit',
      keys: ['Shift-F2'],
      writes: true,
      enabled: () => one() !== null,
      run: opens('name'),
    },
    {
      ...base,
      id: 'properties',
      group: 'view',
      label: 'board.properties',
      icon: 'settings',
      keys: ['s'],
      writes: true,
      enabled: selected,
      run: () => (ui.sheet.value = !ui.sheet.peek()),
    },
    {
      ...base,
      id: 'copy-view',
      group: 'view',
      label: 'board.copyView',
      icon: 'copy',
      keys: ['Shift-l'],
      run: () => void copyText(ui.addressOf(fragmentOf(editor))),
    },
    {
      ...base,
      id: 'present',
      group: 'view',
      label: 'board.present',
      icon: 'presenter',
      keys: ['Mod-Shift-p'],
      enabled: () => framesOf(editor.scene).length > 0,
      active: () => ui.slide.value !== null,
      run: () => showSlide(ui, ui.slide.peek() === null ? 'first' : 'end'),
    },
  ]
}

function saidCopied(done: boolean): void {
  toast(say(done ? 'board.copied' : 'board.notCopied'), done ? 'done' : 'info')
}

function linkOf({ editor }: BoardUi, id: string | null): string | null {
  void editor.scene.version.value
  return id === null ? null : (editor.scene.shapes.get(id)?.link ?? null)
}
