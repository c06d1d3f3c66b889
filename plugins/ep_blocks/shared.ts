/** A table of contents as a block, `{contents: true}`; dividers are the core's. In files it is theirs. */
import { plugin } from '../../shared/plugin.ts'

export const KIND = 'contents'

export const declaration = plugin({
  name: 'ep_blocks',
  formats: { blocks: [KIND] },
  exports: { contents: { contents: true } },
})
