import { describe, expect, test } from '@jest/globals'
import { createCamera } from '../../../client/board/camera.ts'

function start(still = false) {
  const frames: ((time: number) => void)[] = []
  const camera = createCamera({ frame: (callback) => frames.push(callback), still: () => still })
  camera.size.value = { width: 800, height: 600 }
  const run = (time: number) => frames.splice(0).forEach((callback) => callback(time))
  return { camera, run, frames }
}

describe('the camera', () => {
  test('B103: page and screen lead to each other; what is seen follows', () => {
    const { camera } = start()
    camera.set({ x: 100, y: -50, zoom: 2 })
    expect(camera.toScreen({ x: 110, y: 0 })).toEqual({ x: 20, y: 100 })
    expect(camera.toPage({ x: 20, y: 100 })).toEqual({ x: 110, y: 0 })
    expect(camera.seen.value).toEqual({ left: 100, top: -50, right: 500, bottom: 250 })
    camera.pan(20, -10)
    expect(camera.place.value).toEqual({ x: 110, y: -55, zoom: 2 })
  })

  test('B103: zooming keeps what is under the pointer, within its limits', () => {
    const { camera } = start()
    camera.set({ x: 10, y: 20, zoom: 1 })
    const around = { x: 300, y: 200 }
    const before = camera.toPage(around)
    for (const zoom of [3, 0.5, 1000, 0.0001, Number.NaN]) {
      camera.zoomTo(zoom, around)
      expect(camera.place.value.zoom).toBeGreaterThanOrEqual(0.02)
      expect(camera.place.value.zoom).toBeLessThanOrEqual(40)
      expect(camera.toPage(around).x).toBeCloseTo(before.x, 6)
      expect(camera.toPage(around).y).toBeCloseTo(before.y, 6)
    }
    camera.set({ x: Number.NaN, y: Infinity, zoom: Number.NaN })
    expect(Object.values(camera.place.value).every(Number.isFinite)).toBe(true)
  })

  test('B103: fit shows all of it in the middle, no larger than asked', () => {
    const { camera } = start()
    camera.fit({ left: 0, top: 0, right: 4000, bottom: 1000 }, { margin: 40 })
    const { zoom } = camera.place.value
    expect(zoom).toBeCloseTo(720 / 4000)
    expect(camera.toScreen({ x: 2000, y: 500 })).toEqual({ x: 400, y: 300 })
    camera.fit({ left: 0, top: 0, right: 10, bottom: 10 })
    expect(camera.place.value.zoom).toBe(1)
    camera.fit({ left: 5, top: 5, right: 5, bottom: 5 }, { most: 4 })
    expect(camera.place.value.zoom).toBe(4)
  })

  test('B104: a glide ends exactly where it leads, and any other move ends it', () => {
    const { camera, run, frames } = start()
    const to = { x: 500, y: 300, zoom: 4 }
    camera.set(to, { glide: true })
    expect(camera.place.value).toEqual({ x: 0, y: 0, zoom: 1 })
    run(0)
    run(100)
    expect(camera.place.value.zoom).toBeGreaterThan(1)
    expect(camera.place.value.zoom).toBeLessThan(4)
    run(1000)
    expect(camera.place.value).toEqual(to)
    expect(frames).toEqual([])
    camera.set({ x: 0, y: 0, zoom: 1 }, { glide: true })
    run(2000)
    camera.pan(40, 0)
    const stopped = camera.place.value
    run(2100)
    expect(camera.place.value).toEqual(stopped)
    expect(frames).toEqual([])
  })

  test('B104: who wishes for less motion is there at once', () => {
    const { camera, frames } = start(true)
    camera.set({ x: 5, y: 6, zoom: 2 }, { glide: true })
    expect(camera.place.value).toEqual({ x: 5, y: 6, zoom: 2 })
    expect(frames).toEqual([])
  })
})
