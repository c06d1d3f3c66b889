/** Headings in the choice of line styles, each with its key. */
import type { ClientContext } from '../../shared/plugin.ts'
import { LEVELS } from './shared.ts'

/** Icons by level, on the grid of Inkpad's own. */
const BAR = 'M3 4.75v10.5M9.75 4.75v10.5M3 10h6.75'
const ICONS: Readonly<Record<(typeof LEVELS)[number], string>> = {
  1: 'h1',
  2: 'h2',
  3: 'h3',
  4: `${BAR}M16.1 15.25v-7.5l-3.35 5.1h4.6`,
  5: `${BAR}M16.9 7.75h-3.3l-.35 3.4c.5-.4 1.1-.6 1.75-.6 1.35 0 2.35.95 2.35 2.3s-1.05 2.4-2.45 2.4c-.85 0-1.5-.3-2-.9`,
  6: `${BAR}M16.8 8.35c-.4-.4-.95-.6-1.55-.6-1.6 0-2.5 1.6-2.5 3.9 0 2.2.85 3.6 2.4 3.6 1.3 0 2.2-.95 2.2-2.25s-.85-2.2-2.1-2.2c-1.25 0-2.35.95-2.5 2.3`,
}

/** Adds an action a level. Choosing the level the lines already have makes them text again; items of lists stay items. */
export function client(context: ClientContext): void {
  const { formats } = context
  for (const level of LEVELS) {
    const isOn = (state: Parameters<typeof formats.selected>[0]): boolean =>
      formats.selected(state).line('header') === level
    context.action({
      id: `heading${level}`,
      label: `heading.${level}`,
      icon: ICONS[level],
      keys: `Mod-Alt-${level}`,
      group: 'lines',
      place: ['style'],
      section: 'headings',
      writes: true,
      active: isOn,
      run: () => {
        const state = context.state.peek()
        if (!state) return
        const header = isOn(state) ? null : level
        context.run(formats.setLines({ header, 'code-block': null }))
      },
    })
  }
}
