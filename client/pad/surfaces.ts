/** Which surface is open beside the text, how it stands, and what this person chose for it on this device. */
import { computed, signal } from '@preact/signals'
import type { ReadonlySignal, Signal } from '@preact/signals'
import type { SurfaceMode } from '../../shared/plugin.ts'
import type { Part, Parts, PluginSurface } from '../plugins/parts.ts'

/** Per cent of the room the text keeps beside a surface: at least, at most, and until somebody moves the divider. */
export const SHARE = { least: 20, most: 80, first: 50 } as const
/** Up to this width there is no room for two; nor on a phone that is held across. */
const NARROW = '(max-width: 700px), (max-height: 420px) and (pointer: coarse)'
const KEY = 'inkpad.surfaces'
/** The most surfaces whose choices are kept. */
const MOST = 50
const ID = /^[a-z][\w-]{0,60}$/i

/** What a person chose for a surface. */
export interface SurfaceChoice {
  mode?: SurfaceMode
  /** Per cent of the room that the text keeps. */
  share?: number
}
type Choices = Readonly<Record<string, SurfaceChoice>>

export interface Surfaces {
  /** The id somebody asked for; there may be no such surface, or not yet. */
  readonly wanted: Signal<string | null>
  /** The one that is open. */
  readonly open: ReadonlySignal<Part<PluginSurface> | null>
  /** How it stands now. */
  readonly mode: ReadonlySignal<SurfaceMode>
  /** There is room for one only: it has all of it. */
  readonly narrow: ReadonlySignal<boolean>
  /** The text is behind it, out of sight. */
  readonly covers: ReadonlySignal<boolean>
  /** Per cent of the room that the text keeps beside it. */
  readonly share: ReadonlySignal<number>
  /** Whether the open one came by itself, so that the focus stays where it is. */
  isQuiet(): boolean
  show(id: string, how?: { mode?: SurfaceMode; quiet?: boolean }): void
  /** Closes it, when it is the one that is open. */
  close(id: string): void
  /** The person chooses how the open one stands. */
  arrange(mode: SurfaceMode): void
  setShare(percent: number): void
}

/** What it is made from. */
export interface SurfaceLayers {
  parts: Parts
  /** The one the page's address asks for. */
  asked?: string | null
  /** Null where the browser keeps nothing: choices then hold for this page. */
  storage?: Pick<Storage, 'getItem' | 'setItem'> | null
  narrow?: ReadonlySignal<boolean>
}

/** The state of a page's surfaces. */
export function createSurfaces({
  parts,
  asked = null,
  storage = null,
  narrow = followNarrow(),
}: SurfaceLayers): Surfaces {
  const wanted = signal(asked)
  const choices = signal(kept(storage))
  /** For as long as the page is open, a plugin's wish counts more than what is kept. */
  const wishes = signal<Readonly<Record<string, SurfaceMode>>>({})
  let quiet = true

  const open = computed(
    () => parts.surfaces.parts.value.find(({ value }) => value.id === wanted.value) ?? null,
  )
  const chosen = computed(() => (open.value ? (choices.value[open.value.value.id] ?? {}) : {}))
  const mode = computed<SurfaceMode>(() => {
    const one = open.value?.value
    if (!one || narrow.value) return 'full'
    return wishes.value[one.id] ?? chosen.value.mode ?? one.mode
  })

  function choose(choice: SurfaceChoice): void {
    const id = wanted.peek()
    if (id === null) return
    // Another tab may have chosen something since.
    const before = storage ? { ...choices.peek(), ...kept(storage) } : choices.peek()
    const { [id]: own, ...others } = before
    const rest = Object.entries(others).slice(-(MOST - 1))
    choices.value = Object.fromEntries([...rest, [id, { ...own, ...choice }]])
    try {
      storage?.setItem(KEY, JSON.stringify(choices.value))
    } catch {
      // Not kept, still in force.
    }
  }

  return {
    wanted,
    open,
    mode,
    narrow,
    covers: computed(() => open.value !== null && mode.value === 'full'),
    share: computed(() => chosen.value.share ?? SHARE.first),
    isQuiet: () => quiet,
    show(id, how = {}) {
      quiet = how.quiet === true
      if (how.mode) wishes.value = { ...wishes.peek(), [id]: how.mode }
      wanted.value = id
    },
    close(id) {
      if (wanted.peek() === id) wanted.value = null
    },
    arrange(next) {
      const { [wanted.peek() ?? '']: _wish, ...others } = wishes.peek()
      wishes.value = others
      choose({ mode: next })
    },
    setShare: (percent) => choose({ share: Math.max(SHARE.least, Math.min(SHARE.most, percent)) }),
  }
}

/** The surface that an address asks for in its query. */
export function surfaceOf(search: string): string | null {
  const id = new URLSearchParams(search).get('surface')
  return id !== null && ID.test(id) ? id : null
}

/** Can it be a surface's id? */
export function isSurfaceId(id: string): boolean {
  return ID.test(id)
}

function followNarrow(): ReadonlySignal<boolean> {
  const query = typeof matchMedia === 'undefined' ? null : matchMedia(NARROW)
  const now = signal(query?.matches ?? false)
  query?.addEventListener('change', ({ matches }) => (now.value = matches))
  return now
}

function kept(storage: Pick<Storage, 'getItem'> | null): Choices {
  try {
    return readChoices(JSON.parse(storage?.getItem(KEY) ?? '{}'))
  } catch {
    return {}
  }
}

/** Checks choices of unknown origin. */
export function readChoices(value: unknown): Choices {
  if (!isRecord(value)) return {}
  const choices: [string, SurfaceChoice][] = []
  for (const [id, one] of Object.entries(value).slice(0, MOST)) {
    if (!ID.test(id) || !isRecord(one)) continue
    const { mode, share } = one
    choices.push([
      id,
      {
        ...(mode === 'beside' || mode === 'full' || mode === 'side' ? { mode } : {}),
        ...(typeof share === 'number' && share >= SHARE.least && share <= SHARE.most ? { share } : {}),
      },
    ])
  }
  return Object.fromEntries(choices)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
