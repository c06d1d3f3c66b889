/** Serves the peers' pages, compressed as a good server would, and the strokes. They are installed here when they are not. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { strokes } from './strokes.ts'

export interface PeersSite {
  readonly port: number
  close(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
}
const PAGE = (name: string): string =>
  `<!doctype html><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,">` +
  `<link rel="stylesheet" href="/${name}.css">` +
  `<style>html,body{margin:0;height:100%}#host{position:fixed;inset:0}</style><div id="host"></div>` +
  `<script>window.EXCALIDRAW_ASSET_PATH='/'</script><script type="module" src="/${name}.js"></script>`

/** `root` is the project's folder. @throws Error when the peers cannot be installed or built */
export async function startPeersSite(root: string): Promise<PeersSite> {
  const folder = path.join(root, 'bench/board/peers')
  if (!existsSync(path.join(folder, 'node_modules')))
    run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'], folder)
  const out = await mkdtemp(path.join(os.tmpdir(), 'inkpad-boards-'))
  const vite = path.join(root, 'node_modules/vite/bin/vite.js')
  run(process.execPath, [vite, 'build', '--config', 'vite.config.js', '--outDir', out], folder)
  const kept = new Map<string, Buffer>()
  const compressed = async (name: string): Promise<Buffer> => {
    const known = kept.get(name)
    if (known) return known
    const count = /^\/strokes-(\d+)\.json$/.exec(name)?.[1]
    const bytes =
      count === undefined
        ? await readFile(path.join(out, name))
        : Buffer.from(JSON.stringify([...strokes(Number(count))]))
    const quality = count === undefined ? 9 : 4
    const small = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })
    kept.set(name, small)
    return small
  }
  const site = createServer((request, response) => {
    const name = path.posix.normalize(new URL(request.url ?? '/', 'http://x').pathname)
    const type = TYPES[path.extname(name)]
    if (type === undefined) {
      response.setHeader('content-type', 'text/html')
      response.end(PAGE(name.slice(1)))
      return
    }
    void compressed(name).then(
      (bytes) => response.setHeader('content-type', type).setHeader('content-encoding', 'br').end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  return {
    port: (site.address() as AddressInfo).port,
    async close() {
      site.close()
      site.closeAllConnections()
      await rm(out, { recursive: true, force: true })
    },
  }
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`)
}
