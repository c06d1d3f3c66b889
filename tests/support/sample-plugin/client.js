/** A button that marks words, a panel with the thanks of everybody, and a word at the foot of the text. */
import { signal } from '@preact/signals'
import { h } from 'preact'
import { Plugin } from 'prosemirror-state'
import * as Y from 'yjs'

/** Path on a grid of 20 x 20, stroked. */
const HEART = 'M10 16.5s-6.5-3.7-6.5-8.3A3.4 3.4 0 0 1 10 6.4a3.4 3.4 0 0 1 6.5 1.8c0 4.6-6.5 8.3-6.5 8.3z'

export function client(context) {
  const { t, ui } = context
  const total = signal(context.startData?.total ?? null)
  const marked = signal(markedIn(context.text))

  context.action({
    id: 'kudos',
    label: 'mark',
    icon: HEART,
    keys: 'Mod-Alt-k',
    group: 'text',
    place: ['bar', 'bubble'],
    section: 'text',
    writes: true,
    active: (state) => context.formats.selected(state).inline('kudos') === true,
    run: () => context.run(context.formats.toggleInline('kudos')),
  })

  context.panel({
    id: 'kudosPanel',
    title: 'title',
    icon: HEART,
    view: () =>
      h('div', { class: 'ep-kudos-panel' }, [
        h(
          'p',
          { class: 'ep-kudos-total' },
          total.value === null ? t('unknown') : t('total', { n: total.value }),
        ),
        h(
          'ul',
          { 'aria-label': t('marked') },
          marked.value.map((words) => h('li', null, words)),
        ),
        h(
          ui.Button,
          { kind: 'primary', onClick: () => context.send('thank', null) },
          context.settings().word,
        ),
      ]),
  })

  // A whole work area; what it draws with is fetched when somebody opens it.
  context.surface({
    id: 'kudosWall',
    title: 'wall',
    icon: HEART,
    content: async () => {
      const { draw } = await import('./wall.js')
      return { mount: (element) => draw(element, marked) }
    },
  })

  context.foot(() => h('span', { class: 'ep-kudos-foot' }, t('foot', { n: marked.value.length })))
  context.textAttributes(() => (context.settings().glow ? { class: 'ep-kudos-glow' } : {}))

  context.receive('total', (_from, n) => {
    total.value = n
    context.announce(t('total', { n }))
  })

  // Any plugin of ProseMirror's can be added; this one only says on the text's element that it is there.
  context.prosemirror(new Plugin({ props: { attributes: { 'data-kudos': 'on' } } }))

  const follow = () => {
    marked.value = markedIn(context.text)
  }
  context.text.observe(follow)

  // A page that was open when the plugin was switched on has no start data.
  async function ask() {
    const response = await fetch(context.url(`total?pad=${encodeURIComponent(context.pad)}`))
    if (response.ok) total.value ??= (await response.json()).total
  }
  if (total.value === null) ask().catch(() => context.log.warn('the total is unknown'))

  return () => context.text.unobserve(follow)
}

/** The words that are marked, in their order. */
function markedIn(text) {
  if (!(text instanceof Y.Text)) throw new TypeError('another Yjs than the page has')
  return text
    .toDelta()
    .filter(({ insert, attributes }) => typeof insert === 'string' && attributes?.kudos === true)
    .map(({ insert }) => insert)
}
