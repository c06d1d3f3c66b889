/** Asks for the words of a note. */
import { render } from 'preact'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { ClientContext } from '../../shared/plugin.ts'
import { MAX_NOTE, noteWords } from './shared.ts'

/** `done` gets what was written, '' for nothing; it is not called when the person gives up. */
export function askNote(context: ClientContext, words: string, done: (words: string) => void): void {
  const host = document.createElement('div')
  document.body.append(host)
  const close = (): void => {
    render(null, host)
    host.remove()
  }
  const save = (text: string): void => {
    close()
    done(noteWords(text))
  }
  render(<Ask context={context} words={words} close={close} save={save} />, host)
}

interface AskProps {
  context: ClientContext
  words: string
  close: () => void
  save: (text: string) => void
}

function Ask({ context, words, close, save }: AskProps): JSX.Element {
  const [text, setText] = useState(words)
  const { Button, Dialog, Field } = context.ui
  return (
    <Dialog
      title={context.t('one')}
      closeLabel={context.t('close')}
      onClose={close}
      footer={
        <>
          <Button kind="quiet" onClick={close}>
            {context.t('cancel')}
          </Button>
          <Button kind="primary" onClick={() => save(text)}>
            {context.t('save')}
          </Button>
        </>
      }
    >
      <Field label={context.t('words')} hint={words === '' ? undefined : context.t('words.hint')}>
        {({ id, describedBy }: { id: string; describedBy: string | undefined }) => (
          <textarea
            id={id}
            class="input ep-footnotes-words"
            rows={4}
            maxLength={MAX_NOTE}
            aria-describedby={describedBy}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
                event.preventDefault()
                save(text)
              }
            }}
          />
        )}
      </Field>
    </Dialog>
  )
}
