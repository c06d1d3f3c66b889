/** The board inside a pad's page: one connection for all that shows something of it (`shared/plugin/board.ts`). */
import '../styles/board-fonts.css'
import '../styles/board.css'
import { computed, effect, signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { allows } from '../../shared/access.ts'
import { boardOf } from '../../shared/board/model/board.ts'
import type { Bounds } from '../../shared/board/geometry/bounds.ts'
import type { Off } from '../../shared/plugin.ts'
import type { BoardFrame, BoardPart, PadBoard } from '../../shared/plugin/board.ts'
import type { Person } from '../../shared/protocol.ts'
import type { Session } from '../net/types.ts'
import type { PadPerson } from '../pad/others.ts'
import { createCamera } from './camera.ts'
import { mountBoard } from './mount.ts'
import { createBoardPictures } from './pictures/pictures.ts'
import { createScene } from './scene.ts'
import type { Scene, View } from './types.ts'
import { framesOf } from './ui/slides.ts'
import { boardTheme } from './ui/theme.ts'
import { createView } from './view.ts'
import { followLanguage } from './words.ts'

export interface PadBoardParts {
  readonly readOnly: boolean
  readonly me: ReadonlySignal<Person>
  readonly others: ReadonlySignal<readonly PadPerson[]>
  readonly openSession: () => Session
  /** Address of the board's own page. */
  readonly address: string
}

/** Ms the connection stays after the last of the board is gone, as somebody may come back. */
const LINGER = 5000
/** Ms between two pictures of a board that changes. */
const PAUSE = 700
/** Canvas pixels along a picture's side, at most. */
const MOST_PIXELS = 2400

/** What is there while something of the board is shown. */
interface Room {
  readonly session: Session
  readonly mayDraw: ReadonlySignal<boolean>
  readonly scene: Scene
  /** Paints pictures; it is in no page. */
  readonly painter: () => View
  close(): void
}

/** Makes the board of a pad's page; nothing is connected yet. */
export function openPadBoard(parts: PadBoardParts): PadBoard {
  const words = followLanguage()
  let room: Room | null = null
  let users = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function enter(): { room: Room; leave: Off } {
    clearTimeout(timer)
    room ??= openRoom(parts)
    users += 1
    let inside = true
    return {
      room,
      leave() {
        if (!inside) return
        inside = false
        users -= 1
        if (users > 0) return
        timer = setTimeout(() => {
          room?.close()
          room = null
        }, LINGER)
      },
    }
  }

  return {
    address: (part) => `${parts.address}${part ? fragmentOf(part) : ''}`,
    mount(element, { part } = {}) {
      const { room: own, leave } = enter()
      const board = mountBoard(element, {
        session: own.session,
        mayDraw: own.mayDraw,
        me: parts.me,
        others: parts.others,
        menus: true,
        hash: part ? fragmentOf(part) : '',
        address: parts.address,
      })
      return () => {
        board.destroy()
        leave()
      }
    },
    picture(element, part, changed = () => undefined) {
      const { room: own, leave } = enter()
      changed('loading')
      const off = keepPicture(own, element, part, changed)
      return () => {
        off()
        leave()
      }
    },
    frames() {
      const { room: own, leave } = enter()
      const ready = signal(false)
      void whenReady(own.session, () => (ready.value = true))
      void words.ready
      return {
        list: computed((): readonly BoardFrame[] | null =>
          ready.value ? framesOf(own.scene).map(({ id, name }) => ({ id, name })) : null,
        ),
        off: leave,
      }
    },
  }
}

async function whenReady(session: Session, run: () => void): Promise<void> {
  await session.ready
  run()
}

function openRoom({ readOnly, openSession, address }: PadBoardParts): Room {
  const session = openSession()
  const level = signal(session.level)
  const status = signal(session.status)
  const offs = [
    session.on('level', (value) => (level.value = value)),
    session.on('status', (value) => (status.value = value)),
  ]
  const scene = createScene(boardOf(session.doc))
  const pictures = createBoardPictures(session, address)
  let painter: View | null = null
  return {
    session,
    scene,
    mayDraw: computed(
      () =>
        !readOnly &&
        allows(level.value, 'write') &&
        status.value.store !== 'readonly' &&
        status.value.state !== 'refused',
    ),
    painter() {
      painter ??= createView({
        host: document.createElement('div'),
        scene,
        camera: createCamera(),
        theme: boardTheme,
        images: pictures.shelf,
      })
      return painter
    },
    close() {
      offs.forEach((off) => off())
      painter?.destroy()
      pictures.destroy()
      scene.destroy()
      void session.destroy()
    },
  }
}

function keepPicture(
  { scene, painter, session }: Room,
  element: HTMLElement,
  part: BoardPart,
  changed: (seen: 'loading' | 'empty' | 'shown') => void,
): Off {
  let timer: ReturnType<typeof setTimeout> | undefined
  let paintedAt = -PAUSE
  let ended = false
  let ready = false

  async function paint(): Promise<void> {
    timer = undefined
    paintedAt = performance.now()
    const bounds = boundsOf(scene, part)
    if (!bounds) {
      element.replaceChildren()
      if (ready) changed('empty')
      return
    }
    const width = Math.max(1, bounds.right - bounds.left)
    const height = Math.max(1, bounds.bottom - bounds.top)
    const wished = (Math.max(200, element.clientWidth) * window.devicePixelRatio) / width
    const canvas = await painter().picture(
      bounds,
      Math.min(wished, MOST_PIXELS / Math.max(width, height)),
      true,
    )
    if (ended) return
    canvas.setAttribute('aria-hidden', 'true')
    element.replaceChildren(canvas)
    changed('shown')
  }
  const later = (): void => {
    timer ??= setTimeout(
      () => {
        paint().catch(() => undefined)
      },
      Math.max(0, PAUSE - (performance.now() - paintedAt)),
    )
  }
  const stop = effect(() => {
    void scene.version.value
    void scene.settings.value
    void boardTheme.value
    later()
  })
  const sizes = new ResizeObserver(later)
  sizes.observe(element)
  void whenReady(session, () => {
    ready = true
    later()
  })
  return () => {
    ended = true
    stop()
    sizes.disconnect()
    clearTimeout(timer)
    element.replaceChildren()
  }
}

/** What of the page a part takes up; null while it is not there. */
function boundsOf(scene: Scene, part: BoardPart): Bounds | null {
  if (part.kind === 'view')
    return { left: part.x, top: part.y, right: part.x + part.width, bottom: part.y + part.height }
  const bounds = part.kind === 'all' ? scene.content() : scene.bounds(part.id)
  if (!bounds) return null
  const margin = part.kind === 'all' ? 24 : 8
  return {
    left: bounds.left - margin,
    top: bounds.top - margin,
    right: bounds.right + margin,
    bottom: bounds.bottom + margin,
  }
}

function fragmentOf(part: BoardPart): string {
  if (part.kind === 'all') return ''
  if (part.kind === 'shape') return `#shape=${part.id}`
  const { x, y, width, height } = part
  return `#view=${Math.round(x + width / 2)},${Math.round(y + height / 2)},1`
}
