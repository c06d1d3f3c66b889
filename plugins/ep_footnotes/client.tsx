/** Notes at the foot; what shows and asks for them is fetched when there is one. */
import type { ClientContext } from '../../shared/plugin.ts'
import type { Notes } from './notes.tsx'

const ICON = 'M3 5h7M3 9h7M3 13h4.5M13 11.5h4M13 14.5h4M14.2 4.6l1.6-1.1v5'

export function client(context: ClientContext): void {
  let notes: Promise<Notes> | null = null
  async function start(): Promise<Notes> {
    try {
      return (await import('./notes.tsx')).startNotes(context)
    } catch (error) {
      notes = null
      throw error
    }
  }
  const late = (): Promise<Notes> => (notes ??= start())

  context.lateEmbedView('footnote', 'sup', async () => (await late()).draw)
  context.action({
    id: 'footnote',
    label: 'insert',
    icon: ICON,
    keys: 'Mod-Alt-f',
    group: 'text',
    place: ['more', 'slash'],
    writes: true,
    run: () => {
      late().then(
        (all) => all.write(),
        () => context.toast(context.t('offline'), 'warning'),
      )
    },
  })
}
