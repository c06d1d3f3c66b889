/** The open surface in the page's address, so that a reload, a link and a phone's way back lead where they should. */
import { effect } from '@preact/signals'
import { surfaceOf } from './surfaces.ts'
import type { Surfaces } from './surfaces.ts'

const PARAMETER = 'surface'
/** The state of an entry in the browser's history that opening a surface made. */
const PUSHED = { inkpadSurface: true }

/** Keeps address and surface alike. On a phone opening one is a step forward, so that the way back leads to the text. */
export function followSurface(surfaces: Surfaces): () => void {
  const onPopState = (): void => {
    surfaces.wanted.value = surfaceOf(location.search)
  }
  window.addEventListener('popstate', onPopState)
  const stop = effect(() => {
    const id = surfaces.wanted.value
    if (surfaceOf(location.search) === id) return
    const url = new URL(location.href)
    if (id === null) url.searchParams.delete(PARAMETER)
    else url.searchParams.set(PARAMETER, id)
    if (id === null && wasPushed(history.state)) history.back()
    // In a frame the way back belongs to the page around it.
    else if (id !== null && surfaces.narrow.peek() && window.top === window)
      history.pushState(PUSHED, '', url)
    else history.replaceState(history.state, '', url)
  })
  return () => {
    stop()
    window.removeEventListener('popstate', onPopState)
  }
}

function wasPushed(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'inkpadSurface' in state
}
