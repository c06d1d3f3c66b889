/** What screen readers hear of the board: what the editor says, what is selected, and now and then what others added. */
import { effect } from '@preact/signals'
import { announce } from '../../ui/announce.ts'
import { toast } from '../../ui/toasts.tsx'
import { makerOf } from '../../../shared/board/model/board.ts'
import { t } from '../../i18n.ts'
import { say, sayAny } from '../words.ts'
import { describeShape } from './outline.tsx'
import type { BoardUi } from './ui.ts'

/** Ms between two announcements of what others did. */
const PAUSE = 8000
/** Additions told one by one; more are a count. */
const ONE_BY_ONE = 2

/** Starts it; the answer stops it. */
export function tellBoard(ui: BoardUi): () => void {
  const offs = [tellEditor(ui), tellSelection(ui), tellOthers(ui)]
  return () => offs.forEach((off) => off())
}

function tellEditor({ editor }: BoardUi): () => void {
  return editor.onSay((key, values, loud) => {
    const words = sayAny(key, values)
    if (loud) toast(words, 'info')
    else announce(words)
  })
}

/** The outline says itself what is focused in it. */
function tellSelection({ editor, root }: BoardUi): () => void {
  let first = true
  return effect(() => {
    const ids = editor.selection.value
    if (first || root.querySelector('.board-outline')?.contains(document.activeElement)) {
      first = false
      return
    }
    const [id] = ids
    const shape = id === undefined ? undefined : editor.scene.shapes.get(id)
    if (ids.size > 1) announce(say('board.selectedMany', { n: ids.size }))
    else if (shape) announce(say('board.selected', { what: describeShape(shape) }))
  })
}

function tellOthers({ editor, session }: BoardUi): () => void {
  const { scene } = editor
  const added = new Map<string, string>()
  let known = new Set(scene.shapes.keys())
  let timer: ReturnType<typeof setTimeout> | undefined
  let ready = false
  const begin = async (): Promise<void> => {
    await session.ready
    known = new Set(scene.shapes.keys())
    ready = true
  }
  void begin()
  const tell = (): void => {
    timer = undefined
    const list = [...added]
    added.clear()
    if (list.length > ONE_BY_ONE) {
      const names = new Set(list.map(([, author]) => nameOf(author)))
      announce(say('board.addedMany', { n: list.length, names: [...names].slice(0, 3).join(', ') }))
      return
    }
    for (const [id, author] of list) {
      const shape = scene.shapes.get(id)
      if (shape) announce(say('board.added', { name: nameOf(author), what: describeShape(shape) }))
    }
  }
  const nameOf = (author: string): string => session.people.get(author)?.name || t('common.nameless')
  const off = scene.onChange(({ ids, own }) => {
    for (const id of ids) {
      const here = scene.shapes.has(id)
      if (here && !known.has(id) && ready && !own) {
        const maker = makerOf(scene.board, id)
        added.set(id, (maker === undefined ? undefined : session.authorOf(maker)) ?? '')
      }
      if (here) known.add(id)
      else {
        known.delete(id)
        added.delete(id)
      }
    }
    if (added.size > 0) timer ??= setTimeout(tell, PAUSE)
  })
  return () => {
    off()
    clearTimeout(timer)
  }
}
