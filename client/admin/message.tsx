/** A word to everybody who has a pad open, and to all who open one later. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { LIMITS } from '../../shared/protocol.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { toast } from '../ui/toasts.tsx'
import { explain } from './api.ts'
import type { House } from './house.ts'
import { Chip, Notice, RoomHead, Trouble } from './parts.tsx'
import { useRemote } from './remote.ts'
import { say } from './words.ts'

/** The room of the message. */
export function MessageRoom({ house: { api, live } }: { house: House }): JSX.Element {
  const notice = useRemote('', () => api.get<{ text: string }>('api/notice'))
  const typed = useSignal<string | null>(null)
  const busy = useSignal(false)
  const problem = useSignal<string | null>(null)
  // What was said here just now is newer than what was asked for.
  const said = useSignal<string | null>(null)
  const stands = said.value ?? notice.value?.text ?? ''
  const text = typed.value ?? stands
  const people = live.looks.value.at(-1)?.people ?? 0

  const tell = async (words: string): Promise<void> => {
    busy.value = true
    problem.value = null
    try {
      const answer = await api.post<{ text: string }>('api/notice', { text: words })
      toast(answer.text === '' ? say('message.gone') : say('message.sent'))
      said.value = answer.text
      typed.value = null
    } catch (error) {
      problem.value = explain(error)
    } finally {
      busy.value = false
    }
  }

  const ready = text.trim() !== '' && text.trim() !== stands && !busy.value
  return (
    <section class="view message">
      <RoomHead
        title={say('message.title')}
        chip={
          stands === '' ? null : (
            <Chip tone="ok" dot>
              {say('message.stands')}
            </Chip>
          )
        }
      />
      <Trouble problem={notice.problem} again={notice.again} />
      {problem.value !== null && <Notice tone="danger">{problem.value}</Notice>}
      <form
        class="card block narrow"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) void tell(text.trim())
        }}
      >
        <Field label={say('message.text')} hint={say('message.hint')}>
          {({ id, describedBy }) => (
            <textarea
              id={id}
              aria-describedby={describedBy}
              class="input"
              rows={3}
              dir="auto"
              maxLength={LIMITS.notice}
              value={text}
              onInput={(event) => (typed.value = event.currentTarget.value)}
            />
          )}
        </Field>
        <div class="preview">
          <span class="label">{say('message.preview')}</span>
          <div class="banner accent">
            <Icon name="info" />
            <p dir="auto">{text.trim() === '' ? say('message.nothing') : text}</p>
          </div>
        </div>
        <div class="form-end">
          <p class="hint">{say('message.reach', { n: people })}</p>
          {stands !== '' && (
            <Button disabled={busy.value} onClick={() => void tell('')}>
              {say('message.takeBack')}
            </Button>
          )}
          <Button kind="primary" type="submit" disabled={!ready}>
            {say(stands === '' ? 'message.send' : 'message.replace')}
          </Button>
        </div>
      </form>
    </section>
  )
}
