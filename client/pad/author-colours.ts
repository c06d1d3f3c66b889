/** Two of Etherpad's options: the words of people who are not here fade, and colours may be shown exactly as chosen. */
import { effect, untracked } from '@preact/signals'
import type { PadModel } from './model.ts'

/** Milliseconds people may come and go before the colours follow; each change restyles all words on screen. */
const REST = 1000
/** With more people here than this, nobody fades: a list that long would cost more than it says. */
const MOST = 100

/** Acts on both options for the element with the text, as they are decided. The answer stops it. */
export function authorColours(model: PadModel, place: HTMLElement): () => void {
  const stopExact = effect(() => {
    const { dataset } = document.documentElement
    if (model.options.enforceReadableAuthorColors) delete dataset['colours']
    else dataset['colours'] = 'exact'
  })
  const stopFading = effect(() => {
    if (model.options.fadeInactiveAuthorColors && 'adoptedStyleSheets' in document)
      return untracked(() => fade(model, place))
  })
  return () => {
    stopExact()
    stopFading()
  }
}

function fade(model: PadModel, place: HTMLElement): () => void {
  const sheet = new CSSStyleSheet()
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  place.dataset['fade'] = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let shown = ''
  const stop = effect(() => {
    // Without a line nobody knows who is here.
    if (model.status.value.state === 'offline') return
    const here = [model.me.value, ...model.others.value.filter((person) => person.here)]
    const rule = fadeRule(here.map((person) => person.author))
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (rule !== shown) sheet.replaceSync(rule)
      shown = rule
    }, REST)
  })
  return () => {
    stop()
    clearTimeout(timer)
    delete place.dataset['fade']
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
  }
}

/** Words of everybody but `here` fade. Exported for tests. */
export function fadeRule(here: readonly string[]): string {
  if (here.length > MOST) return ''
  const known = here.filter((author) => /^[\w.-]+$/.test(author))
  const those = known.map((author) => `[data-author="${author}"]`).join(',')
  const not = those === '' ? '' : `:not(${those})`
  return `@layer editor{[data-fade] [data-author]${not}{--tint:var(--tint-faded);--mark:var(--mark-faded);--ink:initial}}`
}
