/** The pictures of the text one at a time in all of the window, on the browser's own modal dialog. */
import type { ClientContext } from '../../shared/plugin.ts'

const FIGURE = 'figure.ep-images'

/** Shows a picture of the text; arrows lead to the others. */
export function openFullView(context: ClientContext, figure: HTMLElement): void {
  const t: ClientContext['t'] = (key, values) => context.t(key, values)
  const root = figure.closest('.ProseMirror') ?? document.body
  const figures = (): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(FIGURE)]
  const opener = document.activeElement
  const dialog = document.createElement('dialog')
  dialog.className = 'ep-images-full'
  dialog.setAttribute('aria-label', t('full'))
  const image = document.createElement('img')
  const words = document.createElement('p')
  const count = document.createElement('p')
  count.className = 'ep-images-count'
  count.setAttribute('aria-live', 'polite')
  const button = (name: string, path: string, run: () => void): HTMLButtonElement => {
    const made = document.createElement('button')
    made.type = 'button'
    made.className = `tool ep-images-${name}`
    made.setAttribute('aria-label', t(name))
    made.append(drawn(path))
    made.addEventListener('click', run)
    return made
  }
  let at = Math.max(0, figures().indexOf(figure))
  const show = (by: number): void => {
    const all = figures()
    if (all.length === 0) return dialog.close()
    at = (at + by + all.length) % all.length
    const from = all[at]?.querySelector('img')
    image.src = from?.currentSrc || from?.src || ''
    image.alt = from?.alt ?? ''
    const caption = all[at]?.querySelector('figcaption')?.textContent ?? ''
    words.textContent = caption || image.alt
    count.textContent = all.length > 1 ? t('count', { n: at + 1, of: all.length }) : ''
    for (const one of [previous, next]) one.hidden = all.length < 2
  }
  const close = button('close', 'M5 5l10 10M15 5L5 15', () => dialog.close())
  const previous = button('previous', 'M12 4.5 6.5 10l5.5 5.5', () => show(-1))
  const next = button('next', 'M8 4.5l5.5 5.5L8 15.5', () => show(1))
  dialog.append(image, words, count, previous, next, close)
  dialog.addEventListener('keydown', (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (by !== undefined) show(by)
  })
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || event.target === image) dialog.close()
  })
  dialog.addEventListener('close', () => {
    dialog.remove()
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
  })
  document.body.append(dialog)
  show(0)
  dialog.showModal()
  close.focus()
}

const SVG = 'http://www.w3.org/2000/svg'

function drawn(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 20 20')
  svg.setAttribute('aria-hidden', 'true')
  svg.setAttribute('class', 'icon')
  const line = document.createElementNS(SVG, 'path')
  line.setAttribute('d', path)
  svg.append(line)
  return svg
}
