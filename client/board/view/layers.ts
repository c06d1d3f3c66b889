/** The three canvases of a board, as large as their host, in the screen's own pixels. */

export interface Layers {
  readonly element: HTMLElement
  readonly tiles: HTMLCanvasElement
  readonly live: HTMLCanvasElement
  readonly ground: CanvasRenderingContext2D
  readonly marks: CanvasRenderingContext2D
  /** Canvas pixels of a screen pixel, now. */
  density(): number
  clearMarks(): void
  /** A layer with nothing on it costs nothing when it is not there. */
  show(layer: 'live' | 'marks', shown: boolean): void
  /** Called with the size in screen pixels: now, and when it or the density changes. */
  onResize(changed: (width: number, height: number) => void): () => void
  /** Looks at size and density again. */
  refit(): void
}

/** More canvas pixels than these a screen pixel cost more than anybody sees. */
const MOST_DENSITY = 3

export function createLayers(host: HTMLElement): Layers {
  const element = document.createElement('div')
  element.className = 'board-view'
  Object.assign(element.style, { position: 'absolute', inset: '0', overflow: 'hidden', touchAction: 'none' })
  const layer = (): HTMLCanvasElement => {
    const canvas = document.createElement('canvas')
    canvas.setAttribute('aria-hidden', 'true')
    Object.assign(canvas.style, {
      position: 'absolute',
      insetBlockStart: '0',
      insetInlineStart: '0',
      pointerEvents: 'none',
    })
    element.append(canvas)
    return canvas
  }
  const tiles = layer()
  const live = layer()
  const marks = layer()
  live.hidden = true
  host.append(element)
  const ground = tiles.getContext('2d', { alpha: false })
  const marksContext = marks.getContext('2d')
  if (!ground || !marksContext) throw new Error('no canvas')

  const density = (): number => Math.min(MOST_DENSITY, Math.max(1, window.devicePixelRatio || 1))

  function fit(width: number, height: number): void {
    for (const canvas of [tiles, live, marks]) {
      canvas.width = Math.max(1, Math.round(width * density()))
      canvas.height = Math.max(1, Math.round(height * density()))
      canvas.style.inlineSize = `${width}px`
      canvas.style.blockSize = `${height}px`
    }
  }

  let read = (): void => undefined

  return {
    refit: () => read(),
    element,
    tiles,
    live,
    ground,
    marks: marksContext,
    density,
    clearMarks() {
      marksContext.setTransform(1, 0, 0, 1, 0, 0)
      marksContext.clearRect(0, 0, marks.width, marks.height)
    },
    show(name, shown) {
      const canvas = name === 'live' ? live : marks
      if (canvas.hidden === shown) canvas.hidden = !shown
    },
    onResize(changed) {
      let query: MediaQueryList | null = null
      read = (): void => {
        const { clientWidth, clientHeight } = element
        fit(clientWidth, clientHeight)
        changed(clientWidth, clientHeight)
      }
      // A query fits one density only, so there is a new one after each change.
      const newDensity = (): void => {
        query?.removeEventListener('change', newDensity)
        if (query) read()
        query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
        query.addEventListener('change', newDensity)
      }
      const observer = new ResizeObserver(() => read())
      try {
        // Told of another density too, even where the media query is late.
        observer.observe(element, { box: 'device-pixel-content-box' })
      } catch {
        observer.observe(element)
      }
      newDensity()
      read()
      return () => {
        observer.disconnect()
        query?.removeEventListener('change', newDensity)
      }
    },
  }
}
