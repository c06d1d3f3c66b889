/** Follows somebody's cursor, until the person acts (SPEC-writing W12). */
import { effect } from '@preact/signals'
import type { JSX } from 'preact'
import { createAbsolutePositionFromRelativePosition, createRelativePositionFromJSON } from 'yjs'
import { documentPosition } from '../../editor/binding/blocks.ts'
import { t } from '../../i18n.ts'
import type { PadModel } from '../../pad/model.ts'
import type { PadPerson } from '../../pad/others.ts'
import type { Bench } from '../../pad/writing.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toasts.tsx'
import { mount } from '../mount.tsx'
import { w } from '../words.ts'

let stop: (() => void) | undefined

/** Follows the only other one who is here, asks who of several, or ends it. */
export function followSomebody({ model }: Bench): void {
  if (stop) {
    stop()
    return
  }
  const here = model.others.peek().filter((person) => person.here)
  const [first, ...more] = here
  if (!first) toast(w('follow.nobody'), 'info')
  else if (more.length === 0) follow(model, first)
  else
    mount((close) => (
      <Dialog title={w('follow.whom')} closeLabel={t('common.close')} onClose={close}>
        <div class="follow-list">
          {here.slice(0, 100).map((person) => (
            <Button
              key={person.author}
              kind="quiet"
              size="wide"
              onClick={() => {
                close()
                follow(model, person)
              }}
            >
              {nameOf(person)}
            </Button>
          ))}
        </div>
      </Dialog>
    ))
}

function nameOf({ name }: PadPerson): string {
  return name || t('common.nameless')
}

function follow(model: PadModel, person: PadPerson): void {
  let at = ''
  const stopWatching = effect(() => {
    if (!model.others.value.some(({ author, here }) => here && author === person.author)) {
      queueMicrotask(() => stop?.())
      return
    }
    if (!model.editorState.value) return
    const place = placeOf(model, person.author)
    const element = place === null ? null : elementAt(model, place)
    // Only what moved scrolls, so that one's own look round is not taken back by every key of somebody else.
    if (!element || `${place}` === at) return
    at = `${place}`
    const { top, bottom } = element.getBoundingClientRect()
    if (top < 160 || bottom > window.innerHeight - 120) element.scrollIntoView({ block: 'center' })
  })
  const close = mount(() => <Following name={nameOf(person)} />)
  const act = (event: Event): void => {
    if (event.target instanceof Element && event.target.closest('.following')) return
    stop?.()
  }
  const acts = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const
  // What started it is over first.
  const timer = setTimeout(() => acts.forEach((name) => document.addEventListener(name, act, true)))
  stop = () => {
    stop = undefined
    clearTimeout(timer)
    acts.forEach((name) => document.removeEventListener(name, act, true))
    stopWatching()
    close()
  }
}

function Following({ name }: { name: string }): JSX.Element {
  return (
    <div class="following island" role="status">
      <span>{w('follow.now', { name })}</span>
      <Button size="small" onClick={() => stop?.()}>
        {w('follow.stop')}
      </Button>
    </div>
  )
}

/** Where somebody's cursor is in the document; null where it is not in its lines. The position comes from a peer. */
function placeOf({ session, editor }: PadModel, author: string): number | null {
  const state = editor.peek()?.state
  for (const { user, cursor } of session.presence.values()) {
    const head = user?.author === author ? cursor?.head : undefined
    if (typeof head !== 'object' || head === null || !state) continue
    try {
      const place = createAbsolutePositionFromRelativePosition(
        createRelativePositionFromJSON(head),
        session.doc,
      )
      if (place?.type === session.doc.getText('text')) return documentPosition(state.doc, place.index)
    } catch {
      return null
    }
  }
  return null
}

function elementAt({ editor }: PadModel, pos: number): Element | null {
  const view = editor.peek()?.view
  if (!view || pos > view.state.doc.content.size) return null
  const { node } = view.domAtPos(pos)
  return node instanceof Element ? node : node.parentElement
}
