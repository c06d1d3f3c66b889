/** Pictures in real pages: pasted, dragged, described, sized, seen by others, without a network (SPEC-text I1 to I9). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Locator } from 'playwright-core'
import { seriousFindings } from '../../tests/support/axe.ts'
import { startChromium } from '../../tests/support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../../tests/support/inkpad.ts'
import { untilKept } from '../../tests/support/kept-page.ts'
import {
  goToEnd,
  networkIsBack,
  openPad,
  type PadPage,
  press,
  untilSaved,
  untilStatus,
} from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'
import { openTcpProxy, type TcpProxy } from '../../tests/support/tcp-proxy.ts'

let inkpad: InkpadProcess
let browser: Browser
let proxy: TcpProxy
let tries = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
  proxy = await openTcpProxy(inkpad.port)
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await proxy?.close()
  await inkpad?.remove()
}, 30_000)

const fresh = (name: string): string => `${name}-${++tries}`

/** Photographs of this many pixels as a camera writes them: with a place on earth in their EXIF. Pastes them at the cursor. */
async function pastePhotos(pad: PadPage, count: number, width: number, height: number): Promise<void> {
  await pad.page.evaluate(
    async ({ count, width, height }) => {
      const canvas = document.createElement('canvas')
      canvas.width = width
      canvas.height = height
      const context = canvas.getContext('2d')
      if (!context) throw new Error('no canvas')
      const files = new DataTransfer()
      for (let n = 0; n < count; n += 1) {
        context.fillStyle = `hsl(${n * 36} 60% 50%)`
        context.fillRect(0, 0, width, height)
        context.fillStyle = 'white'
        context.fillRect(width / 4, height / 4, width / 4 + n, height / 4)
        const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.8))
        if (!blob) throw new Error('no picture')
        const bytes = new Uint8Array(await blob.arrayBuffer())
        const exif = new TextEncoder().encode('Exif\0\0MM\0*\0\0\0\b\0\0GPSLatitude 52.5200 N 13.4050 E')
        const segment = new Uint8Array([0xff, 0xe1, 0, exif.length + 2, ...exif])
        files.items.add(
          new File([bytes.slice(0, 2), segment, bytes.slice(2)], `Meadow ${n + 1}.jpg`, {
            type: 'image/jpeg',
          }),
        )
      }
      document
        .querySelector('.ProseMirror')
        ?.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: files, bubbles: true, cancelable: true }),
        )
    },
    { count, width, height },
  )
}

/** Drops what was dragged in another page on the first line. */
const dropHtml = (pad: PadPage, html: string): Promise<void> =>
  pad.text
    .locator('.line')
    .first()
    .evaluate((line, html) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.setData('text/html', html)
      const { left, top } = line.getBoundingClientRect()
      const at = { clientX: left + 10, clientY: top + 8 }
      line.dispatchEvent(new DragEvent('drop', { dataTransfer, ...at, bubbles: true, cancelable: true }))
    }, html)

const figures = (pad: PadPage): Locator => pad.text.locator('figure.ep-images')
const shownIn = (pad: PadPage): Locator => pad.text.locator('figure.ep-images[data-seen=shown]')

/** Every picture a page shows, as the server gives it. */
const bytesIn = (pad: PadPage): Promise<{ size: number; width: number; type: string; place: boolean }[]> =>
  pad.page.evaluate(async () =>
    Promise.all(
      [...document.querySelectorAll<HTMLElement>('figure.ep-images')].map(async (figure) => {
        const response = await fetch(`${location.pathname}/pictures/${figure.dataset['picture']}`)
        const bytes = new Uint8Array(await response.arrayBuffer())
        return {
          size: bytes.length,
          width: figure.querySelector('img')?.naturalWidth ?? 0,
          type: response.headers.get('Content-Type') ?? '',
          place: new TextDecoder('latin1').decode(bytes).includes('GPS'),
        }
      }),
    ),
  )

test('I2, I5: a picture is pasted, described, sized and placed by keys, shown large, and undone', async () => {
  const pad = fresh('pictures')
  const ada = await openPad(browser, `${inkpad.url}p/${pad}?userName=Ada`)
  const bo = await openPad(browser, `${inkpad.url}p/${pad}?userName=Bo`, { colorScheme: 'dark' })
  await goToEnd(ada)
  await ada.page.keyboard.type('A meadow: ')
  await pastePhotos(ada, 1, 600, 400)
  await shownIn(ada).waitFor()
  await shownIn(bo).waitFor()
  await press(ada.page, 'ArrowLeft')
  await press(ada.page, 'Enter')
  const dialog = ada.page.getByRole('dialog', { name: 'Picture' })
  expect(await dialog.getByLabel('Description').inputValue()).toBe('Meadow 1')
  await dialog.getByLabel('Description').fill('A meadow with a white stone')
  await dialog.getByLabel('Caption').fill('Near the river')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await ada.text.and(ada.page.locator(':focus')).waitFor()
  await bo.text.getByRole('img', { name: 'A meadow with a white stone' }).waitFor()
  await bo.text.getByRole('figure', { name: 'Near the river' }).waitFor()
  const before = (await figures(bo).boundingBox())?.width ?? 0
  await press(ada.page, '-')
  await ada.page.getByRole('toolbar', { name: 'Picture' }).waitFor()
  await bo.page.waitForFunction(
    (width) =>
      (document.querySelector('figure.ep-images')?.getBoundingClientRect().width ?? width) < width - 10,
    before,
  )
  await ada.page.getByRole('button', { name: 'In the middle' }).click()
  await bo.text.locator('figure[data-align=center]').waitFor()
  const handle = ada.page.getByRole('slider', { name: /Width/ })
  await handle.focus()
  const was = Number(await handle.getAttribute('aria-valuenow'))
  await ada.page.keyboard.press('ArrowRight')
  await ada.page.locator(`[role=slider][aria-valuenow="${was + 5}"]`).waitFor()
  expect(await seriousFindings(ada.page)).toEqual([])
  await picture(ada.page, 'picture-selected')
  await picture(bo.page, 'picture-dark')
  await ada.page.getByRole('button', { name: 'Full view' }).click()
  const full = ada.page.getByRole('dialog', { name: 'Full view' })
  await full.getByRole('img', { name: 'A meadow with a white stone' }).waitFor()
  await picture(ada.page, 'picture-full')
  await ada.page.keyboard.press('Escape')
  await full.waitFor({ state: 'detached' })
  await ada.page.getByRole('button', { name: 'Remove the picture' }).click()
  await figures(bo).waitFor({ state: 'detached' })
  await press(ada.page, 'Control+z')
  await shownIn(bo).waitFor()
  await untilSaved(ada, bo)
  await Promise.all([ada.context.close(), bo.context.close()])
}, 90_000)

test('I3: ten photographs pasted without a network come to everybody, none above the limits, none with a place', async () => {
  const pad = fresh('offline-pictures')
  proxy.restore()
  const ada = await openPad(browser, `http://127.0.0.1:${proxy.port}/p/${pad}?userName=Ada`)
  const bo = await openPad(browser, `${inkpad.url}p/${pad}?userName=Bo`)
  await untilSaved(ada, bo)
  // What brings pictures is fetched when it is used, so it must be on the device before the network goes.
  await ada.page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, {
    timeout: 60_000,
  })
  await untilKept(ada.page)
  proxy.cut(true)
  await untilStatus(ada, 'Offline')
  await goToEnd(ada)
  await pastePhotos(ada, 10, 4200, 400)
  await shownIn(ada).nth(9).waitFor({ state: 'attached', timeout: 60_000 })
  expect(await figures(bo).count()).toBe(0)
  proxy.restore()
  await networkIsBack(ada)
  await untilSaved(ada)
  await figures(bo).nth(9).waitFor({ state: 'attached' })
  await bo.page.evaluate(() => {
    for (const image of document.querySelectorAll<HTMLImageElement>('figure.ep-images > img'))
      image.loading = 'eager'
  })
  await shownIn(bo).nth(9).waitFor({ state: 'attached', timeout: 60_000 })
  const seen = await bytesIn(bo)
  expect(seen).toHaveLength(10)
  for (const one of seen) {
    expect([one.type, one.place]).toEqual(['image/jpeg', false])
    expect(one.width).toBeLessThanOrEqual(4096)
    expect(one.size).toBeLessThanOrEqual(10 * 1024 * 1024)
  }
  await Promise.all([ada.context.close(), bo.context.close()])
}, 180_000)

test('I7 to I9: pictures come with pasted words, one undo, and go along into other pads, pasted and dragged', async () => {
  const pad = fresh('pasted')
  const ada = await openPad(browser, `${inkpad.url}p/${pad}?userName=Ada`, {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const asked: string[] = []
  ada.page.on('request', (request) => asked.push(request.url()))
  await goToEnd(ada)
  await press(ada.page, 'Enter')
  await ada.page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 120
    canvas.height = 60
    canvas.getContext('2d')?.fillRect(0, 0, 60, 60)
    const clipboardData = new DataTransfer()
    clipboardData.setData(
      'text/html',
      `<p>Our <b>oak</b> <img src="${canvas.toDataURL('image/png')}" alt="An oak"> and <img src="https://maps.example/a.png" alt="a map">.</p>`,
    )
    clipboardData.setData('text/plain', 'Our oak and .')
    document
      .querySelector('.ProseMirror')
      ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await shownIn(ada).waitFor()
  await ada.text.locator('strong', { hasText: 'oak' }).waitFor()
  await ada.text.locator('a[href="https://maps.example/a.png"]', { hasText: 'a map' }).waitFor()
  await ada.text.getByRole('img', { name: 'An oak' }).waitFor()
  await picture(ada.page, 'pasted-words')
  await ada.page.keyboard.press('Control+z')
  await figures(ada).waitFor({ state: 'detached' })
  expect(await ada.text.locator('strong').count()).toBe(0)
  await ada.page.keyboard.press('Control+y')
  await shownIn(ada).waitFor()
  await untilSaved(ada)
  await ada.page.keyboard.press('Control+a')
  await ada.page.keyboard.press('Control+c')
  await ada.page.goto(`${inkpad.url}p/${pad}-other?userName=Ada`)
  await ada.text.waitFor()
  await goToEnd(ada)
  await ada.page.keyboard.press('Control+v')
  await shownIn(ada).waitFor()
  const bo = await openPad(browser, `${inkpad.url}p/${pad}-other?userName=Bo`)
  await shownIn(bo).waitFor()
  expect((await bytesIn(bo)).map(({ type, width }) => [type, width])).toEqual([['image/png', 120]])

  // Dragged here from a page of another pad that is no editor, and from elsewhere.
  const [key = ''] = await figures(bo).evaluateAll((all) => all.map((one) => one.dataset['picture'] ?? ''))
  bo.page.on('request', (request) => asked.push(request.url()))
  await bo.page.goto(`${inkpad.url}p/${pad}-third?userName=Bo`)
  await bo.text.waitFor()
  await goToEnd(bo)
  await bo.page.keyboard.type('Dragged: ')
  await untilSaved(bo)
  await dropHtml(bo, `<img src="${inkpad.url}p/${pad}-other/pictures/${key}" alt="Our oak">`)
  await bo.text.getByRole('img', { name: 'Our oak' }).waitFor()
  await shownIn(bo).waitFor()
  await untilSaved(bo)
  await dropHtml(bo, '<img src="https://maps.example/a.png" alt="a map">')
  await bo.page.locator('.toast', { hasText: 'Only the picture' }).waitFor()
  await picture(bo.page, 'dropped-address')
  expect(await bo.text.locator('a').count()).toBe(0)
  expect((await bytesIn(bo)).map(({ type, width }) => [type, width])).toEqual([['image/png', 120]])
  expect(asked.filter((url) => url.includes('maps.example'))).toEqual([])
  expect([...ada.problems, ...bo.problems]).toEqual([])
  await Promise.all([ada.context.close(), bo.context.close()])
}, 90_000)
