import type { JSX } from 'preact'
import { allows } from '../../shared/access.ts'
import type { Level } from '../../shared/access.ts'
import type { RuleView } from '../../shared/rule.ts'
import { s } from './share-words.ts'

/** What somebody who does not own the pad is told of who decides about it, and the way to more. */
export function RuleNote({
  view,
  pad,
  board,
  level,
}: {
  view: RuleView
  pad: string
  board: boolean
  /** What they may do now. */
  level: Level
}): JSX.Element {
  const { rule, owner, password } = view
  return (
    <div class="share-part">
      <p class="hint">
        {owner === null ? s('ownedByNobody') : s('ownedBy', { name: owner || s('nameless') })}
      </p>
      {password && !allows(level, rule.password) && (
        <p>
          <a href={board ? 'password' : `${encodeURIComponent(pad)}/password`}>{s('enterPassword')}</a>
        </p>
      )}
    </div>
  )
}
