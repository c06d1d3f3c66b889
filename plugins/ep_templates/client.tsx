/** An action that offers templates, and an offer at the foot of an empty pad; fetched when they are looked at. */
import { computed, signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import type { ClientContext } from '../../shared/plugin.ts'
import type { declaration } from './shared.ts'

type Context = ClientContext<NonNullable<(typeof declaration)['settings']>>
type Chosen = ComponentType<{ context: Context; done: () => void; most?: number }>

const ICON = 'M5 3h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM3 7.5h14M8 7.5V17'

export function client(context: Context): void {
  const list = signal<Chosen | null>(null)
  let asked = false
  const load = (): Chosen | null => {
    if (!asked) {
      asked = true
      import('./choose.tsx').then(
        ({ Choose }) => (list.value = Choose),
        () => (asked = false),
      )
    }
    return list.value
  }
  context.action({
    id: 'templates',
    label: 'title',
    hint: 'hint',
    keywords: 'keywords',
    icon: ICON,
    keys: 'Alt-Shift-n',
    group: 'page',
    place: ['slash', 'more'],
    writes: true,
    pick: (close) => {
      const List = load()
      return List && <List context={context} done={close} />
    },
  })
  const empty = computed(() => {
    const doc = context.state.value?.doc
    return doc !== undefined && doc.childCount === 1 && doc.content.size === 2 && context.mayWrite.value
  })
  context.foot(() => {
    if (!empty.value || !context.settings().offer) return null
    const List = load()
    return (
      List && (
        <div class="ep-templates-offer">
          <span>{context.t('offer')}</span>
          <List context={context} done={() => undefined} most={4} />
        </div>
      )
    )
  })
}
