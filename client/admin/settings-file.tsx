import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { explain } from './api.ts'
import type { Api } from './api.ts'
import { Notice } from './parts.tsx'
import { say } from './words.ts'

interface Fault {
  line: number
  column: number
  message: string
}

/** Where a line and a column, from 1, stand in a text. */
export function offsetOf(text: string, line: number, column: number): number {
  let at = 0
  for (let count = 1; count < line; count += 1) {
    const next = text.indexOf('\n', at)
    if (next < 0) return text.length
    at = next + 1
  }
  return Math.min(text.length, at + Math.max(0, column - 1))
}

interface Inspection {
  faults: readonly Fault[]
  warnings: readonly string[]
}

type Said =
  | { kind: 'right' | 'saved'; warnings: readonly string[] }
  | { kind: 'faults'; faults: readonly Fault[] }
  | { kind: 'failed'; why: string }

/** The file's text: checked whenever asked, saved only when right. What it says counts after a restart. */
export function SettingsFile({
  api,
  file,
  before,
  onSaved,
}: {
  api: Api
  file: string
  before: string
  onSaved: () => void
}): JSX.Element {
  const text = useSignal(before)
  const kept = useSignal(before)
  const busy = useSignal(false)
  const said = useSignal<Said | null>(null)
  const area = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  const changed = text.value !== kept.value

  const work = async (save: boolean): Promise<void> => {
    const written = text.peek()
    busy.value = true
    try {
      const { faults, warnings } = await api.post<Inspection>('api/settings/check', { text: written })
      if (faults.length > 0) said.value = { kind: 'faults', faults }
      else if (!save) said.value = { kind: 'right', warnings }
      else {
        await api.post('api/settings/save', { text: written, before: kept.peek() })
        kept.value = written
        said.value = { kind: 'saved', warnings }
      }
    } catch (error) {
      said.value = { kind: 'failed', why: explain(error) }
    } finally {
      busy.value = false
    }
  }

  const goTo = (fault: Fault): void => {
    const box = area.current
    if (!box) return
    const at = offsetOf(text.value, fault.line, fault.column)
    const end = text.value.indexOf('\n', at)
    box.focus()
    box.setSelectionRange(at, end < 0 ? text.value.length : end)
    const height = Number.parseFloat(getComputedStyle(box).lineHeight)
    box.scrollTop = Math.max(0, (fault.line - 5) * height)
  }

  return (
    <form
      class="card file-card"
      onSubmit={(event) => {
        event.preventDefault()
        if (changed && !busy.value) void work(true)
      }}
    >
      <header>
        <label for={id}>
          <code dir="ltr">{file}</code>
        </label>
        <p class="hint">{say('file.hint')}</p>
      </header>
      <Outcome said={said.value} goTo={goTo} reload={onSaved} />
      <textarea
        ref={area}
        id={id}
        class="input file-text"
        dir="ltr"
        rows={24}
        spellcheck={false}
        autoComplete="off"
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value
          if (said.value?.kind !== 'faults') said.value = null
        }}
      />
      <footer>
        <p>{say('file.restart')}</p>
        <Button disabled={busy.value} onClick={() => void work(false)}>
          {say('file.check')}
        </Button>
        <Button kind="primary" type="submit" disabled={!changed || busy.value}>
          {say('form.save')}
        </Button>
      </footer>
    </form>
  )
}

function Outcome({
  said,
  goTo,
  reload,
}: {
  said: Said | null
  goTo: (fault: Fault) => void
  reload: () => void
}): JSX.Element {
  if (said === null) return <></>
  if (said.kind === 'failed')
    return (
      <Notice
        tone="danger"
        action={
          <Button size="small" onClick={reload}>
            {say('file.reload')}
          </Button>
        }
      >
        {said.why}
      </Notice>
    )
  if (said.kind !== 'faults')
    return (
      <>
        <Notice tone="accent">{say(said.kind === 'saved' ? 'file.saved' : 'file.right')}</Notice>
        {said.warnings.map((warning) => (
          <Notice tone="warning" key={warning}>
            <span lang="en">{warning}</span>
          </Notice>
        ))}
      </>
    )
  return (
    <div class="banner danger faults" role="alert">
      <Icon name="warning" />
      <div>
        <strong>{say('file.faults', { n: said.faults.length })}</strong>
        <ul>
          {said.faults.map((fault) => (
            <li key={`${fault.line}:${fault.column}:${fault.message}`}>
              <button type="button" class="fault" onClick={() => goTo(fault)}>
                {say('file.at', { line: fault.line, column: fault.column })}
              </button>
              <span lang="en">{fault.message}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
