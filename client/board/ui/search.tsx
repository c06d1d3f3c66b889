import { useComputed, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../i18n.ts'
import { ToolButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { announce } from '../../ui/announce.ts'
import { say } from '../words.ts'
import { boardIcon } from './icons.ts'
import { findShapes, shortWordsOf } from './reading.ts'
import { inReadingOrder } from './slides.ts'
import type { BoardUi } from './ui.ts'

/** Finds counted. */
const MOST = 999

/** Looks for words on the board and goes from one find to the next. */
export function Search({ ui }: { ui: BoardUi }): JSX.Element {
  const { editor } = ui
  const { scene, camera } = editor
  const query = useSignal('')
  const at = useSignal(-1)
  const field = useRef<HTMLInputElement>(null)
  const found = useComputed(() => {
    void scene.version.value
    const ids = findShapes(scene.shapes.values(), query.value, MOST)
    return inReadingOrder(ids, (id) => scene.bounds(id) ?? { left: 0, top: 0, right: 0, bottom: 0 })
  })
  useLayoutEffect(() => field.current?.focus(), [])

  const close = (): void => {
    ui.searching.value = false
    ui.focusBoard()
  }
  const go = (by: 1 | -1): void => {
    const ids = found.peek()
    if (ids.length === 0) return
    at.value = (Math.max(-1, at.peek()) + by + ids.length + (at.peek() < 0 && by < 0 ? 1 : 0)) % ids.length
    const id = ids[at.peek()] ?? ''
    const bounds = scene.bounds(id)
    const shape = scene.shapes.get(id)
    if (!bounds || !shape) return
    camera.fit(bounds, { margin: 120, most: Math.max(1, camera.place.peek().zoom), glide: true })
    if (editor.tool.peek() !== 'select') editor.setTool('select')
    editor.select([id])
    announce(say('board.foundAt', { n: at.peek() + 1, all: ids.length, words: shortWordsOf(shape) }))
  }
  const count = found.value.length
  return (
    <div class="board-search island" role="search" aria-label={say('board.search')} data-island="">
      <Icon name={boardIcon('search')} />
      <input
        ref={field}
        type="text"
        class="search-field"
        aria-label={say('board.searchField')}
        placeholder={say('board.searchField')}
        autoComplete="off"
        value={query.value}
        onInput={(event) => {
          query.value = event.currentTarget.value
          at.value = -1
        }}
        onKeyDown={(event) => {
          if (event.isComposing) return
          if (event.key === 'Enter') go(event.shiftKey ? -1 : 1)
          else if (event.key === 'Escape') close()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <span class="hint" role="status">
        {query.value.trim() === ''
          ? ''
          : count === 0
            ? say('board.nothingFound')
            : say('board.found', { at: Math.max(0, at.value + 1), n: count })}
      </span>
      <ToolButton
        label={say('board.findBefore')}
        icon="chevron-up"
        class="small"
        disabled={count === 0}
        onClick={() => go(-1)}
      />
      <ToolButton
        label={say('board.findNext')}
        icon="chevron-down"
        class="small"
        disabled={count === 0}
        onClick={() => go(1)}
      />
      <ToolButton label={t('common.close')} icon="close" class="small" onClick={close} />
    </div>
  )
}
