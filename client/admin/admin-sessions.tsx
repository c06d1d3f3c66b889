/** Where administrators are signed in by name and password; each of these sessions can be ended. */
import type { JSX } from 'preact'
import type { AdminSessionRow } from '../../shared/admin.ts'
import { Button } from '../ui/button.tsx'
import { toast } from '../ui/toasts.tsx'
import { explain } from './api.ts'
import type { Api } from './api.ts'
import { ago, fullTime } from './format.ts'
import { Chip, Moment, Nothing, Trouble, WaitingRows } from './parts.tsx'
import { useEvery, useRemote } from './remote.ts'
import { say } from './words.ts'

/** Ms between two looks. */
const LOOK = 30_000

const browserOf = ({ browser }: AdminSessionRow): string => browser || say('sessions.browser')

/** The list. */
export function AdminSessions({ api }: { api: Api }): JSX.Element {
  const list = useRemote('sessions', () => api.get<{ sessions: readonly AdminSessionRow[] }>('api/sessions'))
  useEvery(LOOK, list.again)
  const sessions = list.value?.sessions ?? []
  const others = sessions.filter(({ own }) => !own).length

  const ask = async (path: string, body: object, done: string): Promise<void> => {
    try {
      await api.post(`api/sessions/${path}`, body)
      toast(done)
    } catch (error) {
      toast(explain(error), 'warning')
    }
    list.again()
  }

  return (
    <section class="admin-sessions" aria-labelledby="admin-sessions">
      <div class="block-head">
        <h2 id="admin-sessions">{say('sessions.title')}</h2>
        {others > 0 && (
          <Button
            size="small"
            onClick={() => void ask('end-others', {}, say('sessions.endedOthers', { n: others }))}
          >
            {say('sessions.endOthers')}
          </Button>
        )}
      </div>
      <Trouble problem={list.problem} again={list.again} />
      <div class="card records-card" aria-busy={list.busy}>
        {list.value === null && list.problem === null && <WaitingRows count={1} />}
        {list.value !== null && sessions.length === 0 && <Nothing>{say('sessions.none')}</Nothing>}
        {sessions.length > 0 && (
          <table class="records cards-on-phone" role="table">
            <caption class="unseen">{say('sessions.title')}</caption>
            <thead role="rowgroup">
              <tr role="row">
                {[
                  say('sessions.account'),
                  say('sessions.where'),
                  say('sessions.begun'),
                  say('sessions.seen'),
                ].map((head) => (
                  <th key={head} scope="col" role="columnheader">
                    {head}
                  </th>
                ))}
                <th scope="col" role="columnheader">
                  <span class="unseen">{say('common.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              {sessions.map((session) => (
                <Row
                  key={session.id}
                  session={session}
                  end={() => void ask('end', { id: session.id }, say('sessions.ended'))}
                />
              ))}
            </tbody>
          </table>
        )}
      </div>
      <p class="hint">{say('sessions.hint')}</p>
    </section>
  )
}

function Row({ session, end }: { session: AdminSessionRow; end: () => void }): JSX.Element {
  const { name, begun, seen, ends, address, own } = session
  const label = say('sessions.endOf', { name, browser: browserOf(session) })
  return (
    <tr role="row">
      <td role="cell" class="main">
        <span class="account-keys">
          <span dir="auto" class="name">
            {name}
          </span>
          {own && <Chip tone="accent">{say('sessions.thisOne')}</Chip>}
        </span>
      </td>
      <td role="cell" class="edited">
        {browserOf(session)}
        {address !== '' && <bdi class="address">{address}</bdi>}
      </td>
      <td role="cell" class="edited begun">
        <Moment time={begun} words={ago(begun)} />
      </td>
      <td role="cell" class="edited">
        <span title={say('sessions.ends', { time: fullTime(ends) })}>{ago(seen)}</span>
      </td>
      <td role="cell" class="do">
        <Button size="small" onClick={end}>
          <span aria-hidden="true">{say('sessions.end')}</span>
          <span class="unseen">{label}</span>
        </Button>
      </td>
    </tr>
  )
}
