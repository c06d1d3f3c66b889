/** Words above and below the line: `script` on the characters, `sub` or `super`. */
import { plugin } from '../../shared/plugin.ts'
import { valueFormat } from '../../shared/text/formats.ts'
import type { InlineFormat } from '../../shared/text/formats.ts'

const script: InlineFormat = {
  ...valueFormat('script', (value) => value === 'sub' || value === 'super'),
  draw: (value) => ({ tag: value === 'sub' ? 'sub' : 'sup', class: 'script' }),
  read({ tag, style }) {
    const height = style('vertical-align').toLowerCase()
    if (height === 'sub' || height === 'super') return height
    if (height === 'baseline') return null
    if (tag === 'sub') return 'sub'
    return tag === 'sup' ? 'super' : undefined
  },
}

export const declaration = plugin({ name: 'ep_subscript_and_superscript', formats: { inline: [script] } })
