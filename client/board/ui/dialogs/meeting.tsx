import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { DRAWING } from '../../../../shared/meeting.ts'
import type { Drawing } from '../../../../shared/meeting.ts'
import { t } from '../../../i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Switch } from '../../../ui/field.tsx'
import { Avatar } from '../../../ui/people.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { clockWords } from '../../together/rounds.ts'
import { say, sayTitle } from '../../words.ts'
import type { BoardKey } from '../../words.ts'
import type { DialogProps } from '../dialogs.tsx'
import { boardIcon } from '../icons.ts'
import type { BoardUi } from '../ui.ts'
import '../../../styles/board-meeting.css'

const MINUTE = 60_000
const MINUTES = [1, 3, 5, 10] as const
const VOTES = [1, 3, 5, 10] as const
/** People in the list. */
const MOST = 50

const DRAWING_NAMES: Readonly<Record<Drawing, BoardKey>> = {
  all: 'board.drawing.all',
  presenter: 'board.drawing.presenter',
  owner: 'board.drawing.owner',
}

interface PartProps {
  ui: BoardUi
}

/** What a meeting needs: who presents, who may draw, whom one follows, a timer, votes. */
export function MeetingDialog({ ui, onClose }: DialogProps): JSX.Element {
  return (
    <Dialog
      title={sayTitle('board.meeting')}
      closeLabel={t('common.close')}
      class="meeting"
      onClose={onClose}
    >
      <PresentPart ui={ui} onClose={onClose} />
      <FollowPart ui={ui} onClose={onClose} />
      {ui.editor.mayDraw.value && (
        <>
          <TimerPart ui={ui} />
          <VotePart ui={ui} onClose={onClose} />
        </>
      )}
    </Dialog>
  )
}

function PresentPart({ ui, onClose }: PartProps & { onClose: () => void }): JSX.Element {
  const { meeting } = ui.together
  const presenting = meeting.presenting.value
  const me = ui.me.value.author
  const { drawing } = meeting.meeting.value
  return (
    <section class="meeting-part">
      <h3>{say('board.presenting')}</h3>
      <div class="meeting-row">
        {meeting.mayChange({ presenter: presenting ? null : me }) && (
          <Button icon={boardIcon('presenter')} onClick={() => (meeting.present(!presenting), onClose())}>
            {say(presenting ? 'board.stopPresenting' : 'board.presentMe')}
          </Button>
        )}
        {meeting.mayGather.value && (
          <Button icon={boardIcon('follow')} onClick={() => (ui.together.gather(), onClose())}>
            {say('board.gather')}
          </Button>
        )}
      </div>
      {meeting.owns.value ? (
        <Segmented<Drawing>
          label={say('board.drawing')}
          value={drawing}
          options={DRAWING.map((value) => ({ value, label: say(DRAWING_NAMES[value]) }))}
          onChange={(value) => meeting.allowDrawing(value)}
        />
      ) : (
        drawing !== 'all' && <p class="hint">{say(DRAWING_NAMES[drawing])}</p>
      )}
    </section>
  )
}

function FollowPart({ ui, onClose }: PartProps & { onClose: () => void }): JSX.Element {
  const { follow, meeting } = ui.together
  const here = ui.others.value.filter((person) => person.here).slice(0, MOST)
  if (here.length === 0) return <></>
  return (
    <section class="meeting-part">
      <h3>{say('board.following')}</h3>
      <ul class="people-list">
        {here.map(({ author, name, colour }) => {
          const follows = follow.who.value === author
          return (
            <li key={author}>
              <Avatar face={{ id: author, name, colour }} nameless={t('common.nameless')} />
              <span class="who" dir="auto">
                {name || t('common.nameless')}
              </span>
              {meeting.owns.value && meeting.meeting.value.presenter !== author && (
                <Button size="small" kind="quiet" onClick={() => meeting.handTo(author)}>
                  {say('board.handTo')}
                </Button>
              )}
              <Button
                size="small"
                onClick={() => {
                  follow.follow(follows ? null : author)
                  onClose()
                }}
              >
                {say(follows ? 'board.stopFollowing' : 'board.follow')}
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function TimerPart({ ui }: PartProps): JSX.Element {
  const { rounds } = ui.together
  const timer = rounds.timer.value
  return (
    <section class="meeting-part">
      <h3>{say('board.timer')}</h3>
      {timer ? (
        <div class="meeting-row">
          <strong class="clock" role="timer">
            {clockWords(rounds.left.value)}
          </strong>
          {timer.end === null ? (
            <Button onClick={() => rounds.resumeTimer()}>{say('board.timerResume')}</Button>
          ) : (
            rounds.left.value > 0 && (
              <Button onClick={() => rounds.pauseTimer()}>{say('board.timerPause')}</Button>
            )
          )}
          <Button onClick={() => rounds.extendTimer(MINUTE)}>{say('board.timerMore')}</Button>
          <Button kind="quiet" onClick={() => rounds.removeTimer()}>
            {say('board.timerRemove')}
          </Button>
        </div>
      ) : (
        <div class="meeting-row">
          {MINUTES.map((minutes) => (
            <Button key={minutes} onClick={() => rounds.startTimer(minutes * MINUTE)}>
              {say('board.timerMinutes', { n: minutes })}
            </Button>
          ))}
        </div>
      )}
    </section>
  )
}

function VotePart({ ui, onClose }: PartProps & { onClose: () => void }): JSX.Element {
  const { rounds } = ui.together
  const hidden = useSignal(false)
  const round = rounds.round.value
  return (
    <section class="meeting-part">
      <h3>{say('board.vote')}</h3>
      {round ? (
        <div class="meeting-row">
          <span class="hint">{say('board.voters', { n: rounds.voters.value })}</span>
          {!round.results && <Button onClick={() => rounds.endRound()}>{say('board.voteEnd')}</Button>}
          <Button kind="quiet" onClick={() => rounds.clearRound()}>
            {say('board.voteClear')}
          </Button>
        </div>
      ) : (
        <>
          <div class="meeting-row">
            {VOTES.map((votes) => (
              <Button
                key={votes}
                onClick={() => {
                  rounds.startRound(votes, hidden.peek())
                  ui.editor.setTool('select')
                  rounds.voting.value = true
                  onClose()
                }}
              >
                {say('board.voteStart', { n: votes })}
              </Button>
            ))}
          </div>
          <Switch
            label={say('board.voteHidden')}
            checked={hidden.value}
            onChange={(value) => (hidden.value = value)}
          />
        </>
      )}
    </section>
  )
}
