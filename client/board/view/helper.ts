/** The page's side of the worker that paints tiles; none where the browser cannot have one. */
import { hasRoom, NUMBERS } from './pack.ts'
import type { PackedTile } from './pack.ts'
import type { PaintedTile } from './tile-worker.ts'
// oxlint-disable-next-line import/default -- the bundler's own kind of module
import workerAddress from './tile-worker.ts?worker&url'

export interface Helper {
  /** Whether it can take another tile now. */
  hasRoom(): boolean
  /** Hands a tile over. */
  paint(tile: Omit<PackedTile, 'id'>, done: (image: ImageBitmap) => void): void
  readonly destroy: () => void
}

/** Ms without an answer after which the page goes on alone. */
const PATIENCE = 15_000

interface ScriptPolicy {
  createScriptURL(url: string): string
}
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptPolicy
}

let policy: ScriptPolicy | null = null

/** Under our content security policy only a policy of this name may make the address of a script (DESIGN D11). */
function trusted(script: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes
  if (!types) return script
  policy ??= types.createPolicy('inkpad-painter', {
    createScriptURL(url) {
      if (new URL(url, location.href).origin !== location.origin)
        throw new TypeError('not the address of our worker')
      return url
    },
  })
  return policy.createScriptURL(script)
}

interface Waiting {
  readonly done: (image: ImageBitmap) => void
  readonly shapes: number
}

let early: Worker | null = null

/** Has the worker start now: it needs the page's thread for that, which may be busy when the first tile is wanted. */
export function prepareHelper(): void {
  if (typeof Worker !== 'function' || typeof OffscreenCanvas !== 'function' || early) return
  const worker = startWorker()
  early = worker
  // Whoever wants a tile then starts another one, and hears of it.
  worker?.addEventListener('error', () => {
    if (early === worker) early = null
  })
}

function startWorker(): Worker | null {
  try {
    return new Worker(trusted(workerAddress), { type: 'module' })
  } catch {
    return null
  }
}

/** `failed` is told when the worker cannot start or ends: what it had in hand is lost. */
export function createHelper(failed: () => void): Helper | null {
  if (typeof Worker !== 'function' || typeof OffscreenCanvas !== 'function') return null
  const own = early ?? startWorker()
  early = null
  if (!own) return null
  const worker = own
  const waiting = new Map<number, Waiting>()
  let last = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function end(): void {
    clearTimeout(timer)
    waiting.clear()
    worker.terminate()
  }

  function fail(): void {
    end()
    failed()
  }

  function expect(): void {
    clearTimeout(timer)
    if (waiting.size > 0) timer = setTimeout(fail, PATIENCE)
  }

  worker.addEventListener('message', ({ data }: MessageEvent<PaintedTile>) => {
    const tile = waiting.get(data.id)
    waiting.delete(data.id)
    expect()
    if (tile) tile.done(data.image)
    else data.image.close()
  })
  worker.addEventListener('error', fail)
  return {
    hasRoom: () => hasRoom(waiting.values()),
    paint(tile, done) {
      const id = ++last
      const { numbers, points } = tile.shapes
      waiting.set(id, { done, shapes: numbers.length / NUMBERS })
      if (waiting.size === 1) expect()
      worker.postMessage({ ...tile, id }, [numbers.buffer, points.buffer])
    },
    destroy: end,
  }
}
