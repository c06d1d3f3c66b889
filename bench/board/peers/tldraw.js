/** tldraw with the strokes of `?n=`; its limit of shapes is raised. */
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { b64Vecs, createShapeId, Tldraw } from 'tldraw'
import 'tldraw/tldraw.css'

const COLOURS = ['black', 'grey', 'red', 'orange', 'green', 'light-green', 'blue', 'violet']

function shape(xy, n) {
  const [left, top] = xy
  const points = []
  for (let i = 0; i < xy.length; i += 2) points.push({ x: xy[i] - left, y: xy[i + 1] - top, z: 0.5 })
  return {
    id: createShapeId(`stroke${n}`),
    type: 'draw',
    x: left,
    y: top,
    props: {
      segments: [{ type: 'free', path: b64Vecs.encodePoints(points) }],
      color: COLOURS[n % 8],
      size: 'm',
      isComplete: true,
    },
  }
}

const count = Number(new URLSearchParams(location.search).get('n'))
const strokes = await (await fetch(`/strokes-${count}.json`)).json()
const onMount = (editor) => {
  editor.createShapes(strokes.map(shape))
  editor.setCamera({ x: 0, y: 0, z: 1 })
}
createRoot(document.querySelector('#host')).render(
  createElement(Tldraw, { onMount, options: { maxShapesPerPage: 200_000 } }),
)
