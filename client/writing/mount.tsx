import { render } from 'preact'
import type { ComponentChild } from 'preact'

/** Puts a view into the page, beside what is drawn already; the answer takes it away. */
export function mount(view: (close: () => void) => ComponentChild): () => void {
  const place = document.createElement('div')
  place.className = 'writing-tool'
  document.body.append(place)
  let open = true
  const close = (): void => {
    if (!open) return
    open = false
    render(null, place)
    place.remove()
  }
  render(view(close), place)
  return close
}
