/** The board as a work area, and as pictures in the text. */
import { computed, effect, untracked } from '@preact/signals'
import type { ClientContext, Off, SurfaceContent } from '../../shared/plugin.ts'
import { boardView, insertBoard } from './embed.ts'
import { External } from './external.tsx'
import { PickPart } from './pick-part.tsx'
import type { declaration } from './shared.ts'
import { wboBase } from './wbo.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

/** Etherpad's name for its button. */
const ID = 'ep_whiteboard'
const ICON =
  'M4.5 3.5h11a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2zM5.5 12.5c1.2-4.4 2.4-5.4 3.1-4.9 1 .7-1.1 4.2.1 4.7 1.1.4 1.6-3.1 2.8-2.9 1 .2.4 2 1.3 2.3.5.2 1-.2 1.7-.9'

export function client(context: ClientContext<Fields>): Off {
  const base = computed(() => wboBase(context.settings(), location.href))
  const icon = computed(() =>
    /^m[\s\d.,a-z-]+$/i.test(context.settings().icon) ? context.settings().icon : ICON,
  )
  const offs: Off[] = []

  let surface: Off | undefined
  // Made again only when it leads elsewhere or looks otherwise: that closes it.
  const stopSurface = effect(() => {
    const address = base.value
    const look = icon.value
    const full = context.settings().autoFullscreen
    untracked(() => {
      surface?.()
      surface = context.surface({
        id: ID,
        title: 'title',
        icon: look,
        mode: full ? 'full' : 'beside',
        content: () => (address === null ? own(context) : external(context, address)),
      })
    })
  })

  let asked = false
  const stopOpening = effect(() => {
    if (asked || !context.settings().onByDefault) return
    asked = true
    if (!new URLSearchParams(location.search).has('surface'))
      untracked(() => context.showSurface(ID, { quiet: true }))
  })

  const stopPictures = effect(() => {
    const ours = base.value === null
    untracked(() => {
      for (const off of offs.splice(0)) off()
      if (!ours) return
      offs.push(
        context.embedView(
          'board',
          boardView(context, () => context.showSurface(ID)),
        ),
        context.action({
          id: 'boardPicture',
          label: 'picture',
          icon: ICON,
          group: 'lines',
          place: ['more'],
          writes: true,
          pick: (close) => (
            <PickPart
              context={context}
              onPick={(part) => {
                close()
                context.run(insertBoard(part))
              }}
            />
          ),
        }),
      )
    })
  })
  return () => {
    stopSurface()
    stopOpening()
    stopPictures()
    surface?.()
    for (const off of offs) off()
  }
}

async function own(context: ClientContext<Fields>): Promise<SurfaceContent> {
  const board = await context.board()
  return { mount: (element) => board.mount(element) }
}

function external(context: ClientContext<Fields>, base: string): SurfaceContent {
  return { view: () => <External context={context} base={base} /> }
}
