/** What a session is opened with. */
import type { PersonColour } from '../../shared/colour.ts'
import type { Environment } from './environment.ts'

export interface SessionOptions {
  /** Address of the page, `PREFIX/p/NAME` or one at the same depth; everything is relative to it. */
  base: string | URL
  /** `p/NAME` for a text, `b/NAME` for a board. */
  room: string
  /** Never write, whatever the server would allow. */
  readOnly?: boolean
  /** Name and colour that the page's address or the person asks for. */
  name?: string
  colour?: PersonColour
  env: Environment
}
