/** Files that are dropped or pasted; what takes them in is fetched with the first (SPEC-board B317, B526). */
import { toast } from '../../ui/toasts.tsx'
import type { Point } from '../types.ts'
import type { BoardUi } from '../ui/ui.ts'
import { say } from '../words.ts'
import { isBoardFile } from './kinds.ts'

/** Takes over the editor's hooks for files the server reads; pictures stay with whom they were with. */
export function connectFiles(ui: BoardUi): () => void {
  const { hooks } = ui.editor
  const pictures = hooks.takeFiles
  const take = (files: readonly Blob[], at: Point): void => {
    import('./take.ts').then(
      ({ takeFiles }) => takeFiles(ui, files, at),
      () => toast(say('board.notFetched'), 'warning'),
    )
  }
  hooks.takeFiles = (files, at) => {
    const ours = files.filter(isBoardFile)
    const others = files.filter((file) => !isBoardFile(file))
    if (ours.length > 0) take(ours, at)
    return (others.length > 0 && pictures?.(others, at) === true) || ours.length > 0
  }
  hooks.takeSvg = (drawing, at) => {
    // What it is the server sees for itself.
    take([new Blob([drawing])], at)
    return true
  }
  return () => {
    hooks.takeFiles = pictures
    hooks.takeSvg = undefined
  }
}
