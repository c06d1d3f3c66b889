/** Excalidraw with the strokes of `?n=`. */
import { Excalidraw } from '@excalidraw/excalidraw'
import '@excalidraw/excalidraw/index.css'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'

const COLOURS = ['#1a1d23', '#7c8491', '#c0392b', '#c2600f', '#1e7a3c', '#0b7568', '#2563c9', '#8a3fc0']

function element(xy, n) {
  const [left, top] = xy
  const points = []
  let [x0, y0, x1, y1] = [0, 0, 0, 0]
  for (let i = 0; i < xy.length; i += 2) {
    const x = xy[i] - left
    const y = xy[i + 1] - top
    points.push([x, y])
    x0 = Math.min(x0, x)
    x1 = Math.max(x1, x)
    y0 = Math.min(y0, y)
    y1 = Math.max(y1, y)
  }
  return {
    id: `stroke${n}`,
    type: 'freedraw',
    x: left,
    y: top,
    width: x1 - x0,
    height: y1 - y0,
    angle: 0,
    strokeColor: COLOURS[n % 8],
    backgroundColor: 'transparent',
    fillStyle: 'solid',
    strokeWidth: 1,
    strokeStyle: 'solid',
    roughness: 0,
    opacity: 100,
    groupIds: [],
    frameId: null,
    roundness: null,
    seed: n + 1,
    version: 1,
    versionNonce: n + 1,
    isDeleted: false,
    boundElements: null,
    updated: 1,
    link: null,
    locked: false,
    points,
    pressures: [],
    simulatePressure: true,
  }
}

const count = Number(new URLSearchParams(location.search).get('n'))
const strokes = await (await fetch(`/strokes-${count}.json`)).json()
const elements = strokes.map(element)
const initialData = {
  elements,
  scrollToContent: false,
  appState: { scrollX: 0, scrollY: 0, zoom: { value: 1 } },
}
createRoot(document.querySelector('#host')).render(
  createElement(Excalidraw, { initialData, autoFocus: true, handleKeyboardGlobally: true }),
)
