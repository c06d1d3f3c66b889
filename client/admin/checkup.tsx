/** Tries from the administrator's own browser what usually goes wrong, and says what to do. */
import type { JSX } from 'preact'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import type { IconShape } from '../ui/icons.ts'
import { judge } from './findings.ts'
import type { Finding, State } from './findings.ts'
import type { House } from './house.ts'
import { AGAIN, FAILED } from './icons.ts'
import { measure } from './measure.ts'
import { Chip, RoomHead, Trouble, WaitingRows } from './parts.tsx'
import { ProxyBlock } from './proxy-help.tsx'
import { useRemote } from './remote.ts'
import { say } from './words.ts'

const ICONS: Readonly<Record<State, IconShape>> = {
  good: 'done',
  note: 'info',
  care: 'warning',
  bad: FAILED,
}

/** The room of the check-up. */
export function CheckupRoom({ house: { api } }: { house: House }): JSX.Element {
  const facts = useRemote('', () => measure(api))
  const findings = facts.value === null ? [] : judge(facts.value)
  const open = findings.filter(({ state }) => state === 'bad' || state === 'care').length
  return (
    <section class="view checkup">
      <RoomHead
        title={say('checkup.title')}
        chip={
          facts.value !== null &&
          !facts.busy && (
            <Chip tone={open === 0 ? 'ok' : 'warning'} dot>
              {open === 0 ? say('checkup.fine') : say('checkup.open', { n: open })}
            </Chip>
          )
        }
      >
        <Button icon={AGAIN} disabled={facts.busy} onClick={facts.again}>
          {say('checkup.again')}
        </Button>
      </RoomHead>
      <p class="lead">{say('checkup.lead')}</p>
      <Trouble problem={facts.problem} again={facts.again} />
      <div class="card" aria-busy={facts.busy}>
        {facts.value === null && facts.problem === null && <WaitingRows count={10} />}
        <ul class="findings">
          {findings.map((finding) => (
            <FindingRow key={finding.title} finding={finding} />
          ))}
        </ul>
      </div>
    </section>
  )
}

function FindingRow({ finding }: { finding: Finding }): JSX.Element {
  const { title, state, said, values, fix, more, proxy } = finding
  return (
    <li class={state}>
      <Icon name={ICONS[state]} />
      <div>
        <h2>
          {say(title)}
          <span class="unseen">{`: ${say(`checkup.${state}`)}`}</span>
        </h2>
        <p>{say(said, values)}</p>
        {more?.map((sentence) => (
          <p key={sentence} lang="en">
            {sentence}
          </p>
        ))}
        {fix !== undefined && <p class="fix">{say(fix)}</p>}
        {proxy && (
          <details class="more-part">
            <summary>{say('proxy.show')}</summary>
            <ProxyBlock />
          </details>
        )}
      </div>
    </li>
  )
}
