/** Draws mentions, and tells who is mentioned; what offers people after `@` is fetched when somebody writes. */
import { effect } from '@preact/signals'
import type { Off } from '../../shared/plugin.ts'
import type { Context } from './people.tsx'
import { readMention } from './shared.ts'

export function client(context: Context): Off {
  context.receive('mention', (_from, { by, words }) => {
    context.toast(context.t('told', { name: by || context.t('somebody'), words }))
  })
  context.embedView('mention', (node) => {
    const mention = readMention(context.formats.embedOf(node)?.['mention'])
    const dom = document.createElement('span')
    dom.className = 'ep-mentions'
    dom.dataset['kind'] = 'mention'
    dom.contentEditable = 'false'
    dom.textContent = `@${mention?.name ?? ''}`
    return { dom }
  })
  let asked = false
  const load = (): void => {
    if (asked) return
    asked = true
    import('./people.tsx').then(
      ({ offerPeople }) => offerPeople(context),
      () => (asked = false),
    )
  }
  return effect(() => {
    const view = context.view.value
    if (!view || !context.mayWrite.value) return
    if (view.hasFocus()) load()
    view.dom.addEventListener('focus', load)
    return () => view.dom.removeEventListener('focus', load)
  })
}
