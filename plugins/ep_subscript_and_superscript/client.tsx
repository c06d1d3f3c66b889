/** Two buttons that exclude each other. */
import type { EditorState } from 'prosemirror-state'
import type { ClientContext } from '../../shared/plugin.ts'

const X = 'M3.5 5.25 11 15.25M11 5.25 3.5 15.25'
const TWO = 'c0-.9.65-1.5 1.55-1.5s1.5.55 1.5 1.35c0 1.4-3 2.2-3 3.8h3.1'

/** Etherpad's toolbar ids; the keys are those of word processors on the web. */
const ACTIONS = [
  { id: 'sup', value: 'super', label: 'script.super', icon: `${X}M13.9 4.25${TWO}`, keys: 'Mod-.' },
  { id: 'sub', value: 'sub', label: 'script.sub', icon: `${X}M13.9 13.25${TWO}`, keys: 'Mod-,' },
] as const

export function client(context: ClientContext): void {
  const { formats } = context
  for (const { value, ...action } of ACTIONS) {
    const isOn = (state: EditorState): boolean => formats.selected(state).inline('script') === value
    context.action({
      ...action,
      group: 'text',
      place: ['bar'],
      section: 'text',
      priority: 1,
      writes: true,
      active: isOn,
      run: () => {
        const state = context.state.peek()
        if (state) context.run(formats.setInline('script', isOn(state) ? null : value))
      },
    })
  }
}
