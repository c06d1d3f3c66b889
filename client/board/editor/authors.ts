/** Who made what (SPEC-board B10, B26): for selecting and clearing what one person drew. */
import { makerOf } from '../../../shared/board/model/board.ts'
import type { Scene } from '../types.ts'
import type { Inside } from './inside.ts'
import { isLocked } from './selecting.ts'

/** The author of a shape: who it says, else who owns the client id that wrote it; '' where nobody knows. */
export function madeBy(
  scene: Pick<Scene, 'board' | 'shapes'>,
  id: string,
  authorOf: ((client: number) => string | undefined) | undefined,
): string {
  const { author = '' } = scene.shapes.get(id) ?? {}
  if (author !== '') return author
  const maker = makerOf(scene.board, id)
  return (maker === undefined ? undefined : authorOf?.(maker)) ?? ''
}

/** Ids of what any of these made; nothing that is locked. */
export function shapesBy(editor: Inside, authors: ReadonlySet<string>): string[] {
  return [...editor.scene.shapes.values()]
    .filter(({ id }) => !isLocked(editor.scene, id) && authors.has(editor.authorOf(id)))
    .map(({ id }) => id)
}
