import { useSignal, useSignalEffect } from '@preact/signals'
import type { ComponentType, JSX } from 'preact'
import { toast } from '../../ui/toasts.tsx'
import { say } from '../words.ts'
import type { BoardDialog, BoardUi } from './ui.ts'

export interface DialogProps {
  ui: BoardUi
  onClose: () => void
}

/** Dialogs are fetched when they are first opened. */
const LOADERS: Readonly<Record<BoardDialog, () => Promise<ComponentType<DialogProps>>>> = {
  help: async () => (await import('./dialogs/help.tsx')).HelpDialog,
  palette: async () => (await import('./dialogs/palette.tsx')).Palette,
  templates: async () => (await import('./dialogs/templates.tsx')).TemplatesDialog,
  ground: async () => (await import('./dialogs/ground.tsx')).GroundDialog,
  link: async () => (await import('./dialogs/link.tsx')).LinkDialog,
  name: async () => (await import('./dialogs/name.tsx')).NameDialog,
  meeting: async () => (await import('./dialogs/meeting.tsx')).MeetingDialog,
  files: async () => (await import('./dialogs/files.tsx')).FilesDialog,
  clear: async () => (await import('./dialogs/clear.tsx')).ClearDialog,
}

/** The open dialog, when one is. One that cannot be fetched (offline) says so. */
export function BoardDialogs({ ui }: { ui: BoardUi }): JSX.Element {
  const loaded = useSignal<{ name: BoardDialog; Body: ComponentType<DialogProps> } | null>(null)
  useSignalEffect(() => {
    const name = ui.dialog.value
    if (name === null || loaded.peek()?.name === name) return
    LOADERS[name]().then(
      (Body) => (loaded.value = { name, Body }),
      () => {
        ui.dialog.value = null
        toast(say('board.notFetched'), 'warning')
      },
    )
  })
  const open = ui.dialog.value
  if (open === null || loaded.value?.name !== open) return <></>
  const { Body } = loaded.value
  return <Body ui={ui} onClose={() => (ui.dialog.value = null)} />
}
