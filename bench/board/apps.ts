/** The boards under test: where each one's page is, how its strokes are told from its ground, and its keys. */

export interface BoardApp {
  readonly name: string
  /** The page with so many strokes, at 100 %. */
  address(count: number): string
  /** The canvas that shows strokes, or the elements that are strokes. */
  readonly canvas: string | null
  readonly elements: string | null
  readonly pen: string
  readonly fit: string
  readonly full: string
  /** More strokes are not tried: what it was built for, or what did not end in minutes. */
  readonly most: number
}

export function boardApps(own: number, peers: number): BoardApp[] {
  return [
    {
      name: 'Inkpad',
      address: (count) => `http://127.0.0.1:${own}/p/strokes-${count}/board#0,0,1`,
      canvas: '.board-view canvas',
      elements: null,
      pen: 'p',
      fit: 'Shift+1',
      full: 'Shift+0',
      most: 50_000,
    },
    {
      name: 'Excalidraw',
      address: (count) => `http://127.0.0.1:${peers}/excalidraw?n=${count}`,
      canvas: 'canvas.excalidraw__canvas.static',
      elements: null,
      pen: 'p',
      fit: 'Shift+1',
      full: 'Control+0',
      most: 50_000,
    },
    {
      name: 'tldraw',
      address: (count) => `http://127.0.0.1:${peers}/tldraw?n=${count}`,
      canvas: null,
      elements: '.tl-shape',
      pen: 'd',
      fit: 'Shift+1',
      full: 'Shift+0',
      most: 10_000,
    },
  ]
}
