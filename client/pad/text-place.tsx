import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../i18n.ts'
import { Icon } from '../ui/icon.tsx'
import { SkeletonLines } from '../ui/skeleton.tsx'
import type { Actions } from './actions.ts'
import { Bubble } from './bubble.tsx'
import type { EditorMemory } from './editor-memory.ts'
import { mountEditor } from './mount-editor.ts'
import type { CreateEditor } from './mount-editor.ts'
import type { PadModel } from './model.ts'
import { Foot } from './plugin-places.tsx'
import { isEmptyText } from './selection.ts'

/** Milliseconds before grey lines stand in for a text that does not come. */
const SKELETON_AFTER = 200

interface TextPlaceProps {
  model: PadModel
  actions: Actions
  createEditor: CreateEditor
  /** The text as the server wrote it into the page, shown until the editor is there. */
  reader: Element | null
}

/** The sheet with the text. */
export function TextPlace({ model, actions, createEditor, reader }: TextPlaceProps): JSX.Element {
  const scroll = useRef<HTMLDivElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const { preferences } = model

  useLayoutEffect(() => {
    if (reader && place.current && !model.ready.peek()) place.current.append(reader)
  }, [])
  const ground = model.ready.value ? model.ground.value : null
  const before = useRef<EditorMemory | null>(null)
  // In the same task as the text's coming, not a frame later: nothing is there to type into before. On another ground the
  // editor is made again, and the person goes on where they were.
  useLayoutEffect(() => {
    if (!ground || !place.current) return
    reader?.remove()
    const mounted = mountEditor({ model, ground, place: place.current, createEditor, before: before.current })
    return () => (before.current = mounted())
  }, [ground])

  return (
    <div class="scroll" ref={scroll} inert={model.surfaces.covers.value}>
      <article class="sheet">
        <div
          ref={place}
          id="text"
          class="document"
          tabIndex={-1}
          dir={preferences.rtl.value ? 'rtl' : 'ltr'}
          data-authors={preferences.authors.value}
          data-line-numbers={preferences.lineNumbers.value ? '' : undefined}
          data-monospace={preferences.monospace.value ? '' : undefined}
        />
        {!ground && !hasText(reader) && <LateSkeleton />}
        <EmptyHint model={model} />
        <Foot model={model} />
      </article>
      <Bubble model={model} actions={actions} scroll={() => scroll.current} />
    </div>
  )
}

/** Did the server write a text, not only notes for readers without scripts? */
function hasText(reader: Element | null): boolean {
  return [...(reader?.children ?? [])].some(
    (part) => part.localName !== 'noscript' && part.textContent?.trim() !== '',
  )
}

function LateSkeleton(): JSX.Element {
  const late = useSignal(false)
  useSignalEffect(() => {
    const timer = setTimeout(() => (late.value = true), SKELETON_AFTER)
    return () => clearTimeout(timer)
  })
  return late.value ? <SkeletonLines label={t('pad.loading')} /> : <></>
}

/** One friendly sentence on an empty pad; gone with the first key. */
function EmptyHint({ model }: { model: PadModel }): JSX.Element {
  const empty = useComputed(() => {
    const state = model.editorState.value
    return state !== null && model.mayWrite.value && isEmptyText(state)
  })
  if (!empty.value) return <></>
  return (
    <div class="empty-hint" aria-hidden="true">
      <Icon name="edit" class="big" />
      <h2>{t('empty.title')}</h2>
      <p>{t('empty.body')}</p>
    </div>
  )
}
