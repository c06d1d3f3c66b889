import { useSignal, useSignalEffect } from '@preact/signals'
import type { ComponentType, JSX } from 'preact'
import type { Actions } from './actions.ts'
import type { DialogName, PadModel } from './model.ts'

interface DialogProps {
  model: PadModel
  actions: Actions
  onClose: () => void
}

/** Dialogs are fetched when they are first opened. */
const LOADERS: Readonly<Record<DialogName, () => Promise<ComponentType<DialogProps>>>> = {
  embed: async () => (await import('./share-dialog.tsx')).ShareDialog,
  importexport: async () => (await import('./export-dialog.tsx')).ExportDialog,
  import: async () => (await import('./import-part.tsx')).ImportPart,
  help: async () => (await import('./help-dialog.tsx')).HelpDialog,
  deletePad: async () => (await import('./deletion-dialogs.tsx')).DeletePadDialog,
  deletionToken: async () => (await import('./deletion-dialogs.tsx')).DeletionTokenDialog,
  deleteWithToken: async () => (await import('./deletion-dialogs.tsx')).DeleteWithTokenDialog,
}

/** The open dialog, when one is. A dialog that cannot be fetched (offline) stays shut. */
export function LateDialogs({ model, actions }: { model: PadModel; actions: Actions }): JSX.Element {
  const loaded = useSignal<{ name: DialogName; Body: ComponentType<DialogProps> } | null>(null)
  useSignalEffect(() => {
    const name = model.dialog.value
    if (name === null || loaded.peek()?.name === name) return
    LOADERS[name]().then(
      (Body) => (loaded.value = { name, Body }),
      () => (model.dialog.value = null),
    )
  })
  const open = model.dialog.value
  if (open === null || loaded.value?.name !== open) return <></>
  const { Body } = loaded.value
  return <Body model={model} actions={actions} onClose={() => (model.dialog.value = null)} />
}
