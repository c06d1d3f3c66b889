/** Tables are of the text's own model; what the plugin declares is that foreign HTML's tables are read as such. */
import { plugin } from '../../shared/plugin.ts'

export const declaration = plugin({
  name: 'ep_tables',
  // The reader makes the value itself, of elements this rule cannot see.
  imports: { table: () => undefined },
})
