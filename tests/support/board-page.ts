/** The board's view alone in a browser: built, served and open. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import type { BoardPage } from '../browser/board/page.ts'
import { startChromium, visitor } from './chromium.ts'

export interface BoardSite {
  /** Another page with a window of this size and density. */
  page(width: number, height: number, density?: number, options?: { workers?: boolean }): Promise<Page>
  problems: string[]
  close(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.html': 'text/html' }

export async function startBoardSite(): Promise<BoardSite> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inkpad-board-'))
  // Vite's compiler cannot live inside Jest's module realm, so it builds in a process of its own.
  const vite = path.resolve('node_modules/vite/bin/vite.js')
  const config = path.resolve('tests/browser/board/vite.config.js')
  await promisify(execFile)(process.execPath, [vite, 'build', '--config', config, '--outDir', folder])
  const site = createServer((request, response) => {
    const name = path.join(folder, path.normalize(new URL(request.url ?? '/', 'http://x').pathname))
    response.setHeader('content-type', TYPES[path.extname(name)] ?? 'text/html')
    if (path.extname(name) !== '.js')
      return void response.end(
        '<!doctype html><title>Board</title><body><script type="module" src="page.js"></script>',
      )
    void readFile(name).then(
      (script) => response.end(script),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const { port } = site.address() as AddressInfo
  const browser: Browser = await startChromium()
  const problems: string[] = []
  return {
    problems,
    async page(width, height, density = 1, { workers = true } = {}) {
      const one = await visitor(browser, { viewport: { width, height }, deviceScaleFactor: density })
      one.page.on('pageerror', (error) => problems.push(error.message))
      if (!workers) await one.page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'))
      await one.page.goto(`http://127.0.0.1:${port}/`)
      await one.page.waitForFunction(() => 'board' in window)
      return one.page
    },
    async close() {
      await browser.close()
      site.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The page's functions from outside. */
export type RemoteBoard = {
  [Name in keyof BoardPage]: (
    ...values: Parameters<BoardPage[Name]>
  ) => Promise<Awaited<ReturnType<BoardPage[Name]>>>
}

/** The functions of the page, in the page. */
export function boardOn(page: Page): RemoteBoard {
  return new Proxy({} as RemoteBoard, {
    get:
      (_target, name) =>
      (...values: unknown[]) =>
        page.evaluate(
          ([method, given]) =>
            (window as unknown as { board: Record<string, (...all: unknown[]) => unknown> }).board[method]?.(
              ...given,
            ),
          [String(name), values] as const,
        ),
  })
}

/** What two pictures (PNG) differ in: the share of pixels whose colours are further apart than `far` of 255. */
export async function difference(page: Page, first: Buffer, second: Buffer, far = 40): Promise<number> {
  return page.evaluate(
    async ([a, b, limit]) => {
      const read = async (base64: string): Promise<ImageData> => {
        const bytes = Uint8Array.from(atob(base64), (char) => char.codePointAt(0) ?? 0)
        const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
        const canvas = new OffscreenCanvas(image.width, image.height)
        const context = canvas.getContext('2d')
        if (!context) throw new Error('no canvas')
        context.drawImage(image, 0, 0)
        return context.getImageData(0, 0, image.width, image.height)
      }
      const one = await read(a)
      const other = await read(b)
      if (one.width !== other.width || one.height !== other.height) return 1
      let count = 0
      for (let i = 0; i < one.data.length; i += 4) {
        let most = 0
        for (let j = 0; j < 3; j++)
          most = Math.max(most, Math.abs((one.data[i + j] ?? 0) - (other.data[i + j] ?? 0)))
        if (most > limit) count++
      }
      return count / (one.data.length / 4)
    },
    [first.toString('base64'), second.toString('base64'), far] as const,
  )
}
