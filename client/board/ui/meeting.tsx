import { useComputed } from '@preact/signals'
import type { JSX } from 'preact'
import { t } from '../../i18n.ts'
import { Button, ToolButton } from '../../ui/button.tsx'
import { Avatar, personColour } from '../../ui/people.tsx'
import type { Person } from '../../../shared/protocol.ts'
import { clockWords } from '../together/rounds.ts'
import { say } from '../words.ts'
import { boardIcon } from './icons.ts'
import { Island } from './island.tsx'
import type { BoardUi } from './ui.ts'
import '../../styles/board-meeting.css'

/** Who presents or is followed, at the upper edge; the whole board has an edge in their colour while it follows. */
export function Presenting({ ui }: { ui: BoardUi }): JSX.Element {
  const { follow, meeting } = ui.together
  const presenter = meeting.presenter.value
  const who = follow.who.value
  const followed = useComputed((): Person | null => {
    const { value: author } = follow.who
    if (author === null) return null
    const known = ui.others.value.find((person) => person.author === author)
    return known ?? ui.session.people.get(author) ?? null
  })
  if (meeting.presenting.value)
    return (
      <div class="presenting island" role="status" data-island="">
        <Face person={ui.me.value} />
        <span class="presenting-words">
          <strong>{say('board.youPresent')}</strong> <span class="aside">{say('board.othersFollow')}</span>
        </span>
        <Button size="small" onClick={() => meeting.present(false)}>
          {say('board.stopPresenting')}
        </Button>
      </div>
    )
  const person = followed.value ?? presenter
  if (!person) return <></>
  const name = person.name || t('common.nameless')
  const presents = presenter?.author === person.author
  const follows = who === person.author
  return (
    <>
      {follows && <div class="edge-of-presenter" {...personColour(person.colour)} />}
      <div class="presenting island" role="status" data-island="">
        <Face person={person} />
        <span class="presenting-words">
          <strong>{say(presents ? 'board.presents' : 'board.youFollow', { name })}</strong>{' '}
          {follows && presents && <span class="aside">{say('board.viewFollows')}</span>}
        </span>
        <Button size="small" onClick={() => follow.follow(follows ? null : person.author)}>
          {say(follows ? 'board.stopFollowing' : 'board.follow')}
        </Button>
      </div>
    </>
  )
}

function Face({ person }: { person: Person }): JSX.Element {
  const { author, name, colour } = person
  return <Avatar face={{ id: author, name, colour }} nameless={t('common.nameless')} size="small" />
}

/** Timer and votes, while there are any. */
export function SessionIsland({ ui }: { ui: BoardUi }): JSX.Element {
  const { rounds } = ui.together
  const timer = rounds.timer.value
  const round = rounds.round.value
  const left = useComputed(() => clockWords(rounds.left.value))
  if (!timer && !round) return <></>
  const mine = rounds.mine.value.length
  const mayVote = ui.editor.mayDraw.value
  return (
    <Island label={say('board.session')} class="session">
      {timer && (
        <ToolButton
          label={say('board.timerLeft', { time: left.value })}
          icon={boardIcon('timer')}
          text={left.value}
          class={rounds.left.value <= 0 ? 'over' : timer.end === null ? 'paused' : ''}
          onClick={() => (ui.dialog.value = 'meeting')}
        />
      )}
      {timer && round && <span class="separator" />}
      {round && (
        <ToolButton
          label={
            round.results
              ? say('board.votesDone')
              : mayVote
                ? say(rounds.voting.value ? 'board.votingNow' : 'board.voteHere', { n: round.votes - mine })
                : say('board.voteOnlyDrawers')
          }
          disabled={!round.results && !mayVote}
          icon={boardIcon('vote')}
          text={round.results ? say('board.votesDone') : say('board.votesLeft', { n: round.votes - mine })}
          pressed={round.results ? undefined : rounds.voting.value}
          onClick={() => {
            if (round.results) ui.dialog.value = 'meeting'
            else {
              if (!rounds.voting.peek()) ui.editor.setTool('select')
              rounds.voting.value = !rounds.voting.peek()
            }
          }}
        />
      )}
    </Island>
  )
}
