/** Dividers, contents and folding: buttons now, the rest when it is used. */
import { Plugin } from 'prosemirror-state'
import type { Command } from 'prosemirror-state'
import type { ClientContext, LateView } from '../../shared/plugin.ts'

const ICONS = {
  divider: 'M3 10h14M5 5.5h10M5 14.5h10',
  contents: 'M3 4.5h14M6 8.5h11M6 12.5h11M3 16.5h14',
  fold: 'M3 4.5h9M3 16h14M7 8.5l3 3 3-3',
  unfold: 'M3 4.5h9M3 16h14M7 11.5l3-3 3 3',
} as const

export function client(context: ClientContext): void {
  const key = `inkpad.folded.${context.pad}`
  let contents: Promise<LateView> | null = null
  async function fetchContents(): Promise<LateView> {
    try {
      return (await import('./contents.ts')).startContents(context)
    } catch (error) {
      contents = null
      throw error
    }
  }
  let folding: Promise<{ toggle: Command; all: Command }> | null = null

  async function fetchFolding(): Promise<{ toggle: Command; all: Command }> {
    const { arrowPlugin, foldPlugin, read, toggleFold, unfoldAll, write } = await import('./folding.ts')
    context.prosemirror(
      foldPlugin({
        t: (name, values) => context.t(name, values),
        keep: (names) => write(key, names),
        kept: read(key),
      }),
    )
    context.prosemirror(arrowPlugin(context.t('fold')))
    return { toggle: toggleFold, all: unfoldAll }
  }
  async function fold(which: 'toggle' | 'all'): Promise<void> {
    try {
      folding ??= fetchFolding()
      const commands = await folding
      if (!run(commands[which]) && which === 'toggle') context.toast(context.t('fold.none'))
    } catch {
      folding = null
    }
  }
  /** Readers fold, too. */
  function run(command: Command): boolean {
    const view = context.view.peek()
    return view !== null && command(view.state, (tr) => view.dispatch(tr), view)
  }

  context.action({
    id: 'divider',
    label: 'divider',
    icon: ICONS.divider,
    group: 'lines',
    place: ['more', 'slash'],
    writes: true,
    run: () => context.run(context.formats.insertEmbed({ divider: true })),
  })
  context.action({
    id: 'contentsBlock',
    label: 'contents',
    icon: ICONS.contents,
    group: 'lines',
    place: ['more', 'slash'],
    writes: true,
    run: () => context.run(context.formats.insertEmbed({ contents: true })),
  })
  context.action({
    id: 'foldSection',
    label: 'fold',
    icon: ICONS.fold,
    keys: 'Mod-Alt-o',
    group: 'page',
    place: ['more'],
    writes: false,
    run: () => void fold('toggle'),
  })
  context.action({
    id: 'unfoldAll',
    label: 'unfold',
    icon: ICONS.unfold,
    group: 'page',
    place: ['more'],
    writes: false,
    run: () => void fold('all'),
  })
  context.lateEmbedView('contents', 'div', () => (contents ??= fetchContents()))
  const begin = (): void => {
    if (folding) return
    folding = fetchFolding()
    folding.catch(() => (folding = null))
  }
  if (isKept(key)) begin()
  // The arrow comes with the first heading that somebody points at, touches or stands in.
  const at = (target: EventTarget | null): false => {
    if (target instanceof Element && target.closest('h1, h2, h3, h4, h5, h6')) begin()
    return false
  }
  context.prosemirror(
    new Plugin({
      props: {
        handleDOMEvents: {
          pointerover: (_view, { target }) => at(target),
          click: (_view, { target }) => at(target),
        },
      },
      view: () => ({
        update({ state: { selection } }) {
          if (!folding && (selection.$head.parent.attrs['header'] ?? null) !== null) begin()
        },
      }),
    }),
  )
}

function isKept(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null
  } catch {
    return false
  }
}
