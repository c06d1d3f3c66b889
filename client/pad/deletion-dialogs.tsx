import { useSignal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { ClientEvent } from '../../shared/protocol.ts'
import { t } from '../i18n.ts'
import type { Key } from '../i18n.ts'
import { padTitle } from '../pad-title.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, Input } from '../ui/field.tsx'
import type { PadModel } from './model.ts'
import { copyText } from './take-text.ts'

interface DialogProps {
  model: PadModel
  onClose: () => void
}

const PROBLEMS: Readonly<Record<string, Key>> = {
  badToken: 'deletion.badToken',
  notOwner: 'deletion.notOwner',
  tooFast: 'deletion.tooFast',
  offline: 'deletion.offline',
}

/** What the server did not do, in words; null while it does, or was asked for nothing. */
function useProblem(
  model: PadModel,
  what: string,
): { problem: Signal<string | null>; ask: (event: ClientEvent) => void } {
  const problem = useSignal<string | null>(null)
  useEffect(
    () =>
      model.session.on('event', (event) => {
        if (event.type === 'refused' && event.what === what) problem.value = event.why
      }),
    [],
  )
  return {
    problem,
    ask(event) {
      problem.value = model.session.send(event) ? null : 'offline'
    },
  }
}

function wordsOf(problem: string | null): string | undefined {
  if (problem === null) return undefined
  return t((Object.hasOwn(PROBLEMS, problem) ? PROBLEMS[problem] : undefined) ?? 'deletion.later')
}

/** Asks once more before the pad is deleted. The end of the session says that it is done. */
export function DeletePadDialog({ model, onClose }: DialogProps): JSX.Element {
  const { problem, ask } = useProblem(model, 'padDelete')
  const words = wordsOf(problem.value)
  return (
    <Dialog
      title={t('deletion.sure', { name: padTitle(model.boot.pad) })}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('deletion.keep')}</Button>
          <Button kind="danger" icon="trash" onClick={() => ask({ type: 'padDelete', token: null })}>
            {t('deletion.now')}
          </Button>
        </>
      }
    >
      <p>{t('deletion.body')}</p>
      {words !== undefined && (
        <p class="problem" role="alert">
          {words}
        </p>
      )}
    </Dialog>
  )
}

/** Makes a token and shows it, this once. */
export function DeletionTokenDialog({ model, onClose }: DialogProps): JSX.Element {
  const { problem, ask } = useProblem(model, 'deletionToken')
  const token = useSignal<string | null>(null)
  useEffect(
    () =>
      model.session.on('event', (event) => {
        if (event.type === 'deletionToken') token.value = event.token
      }),
    [],
  )
  const shown = token.value
  const words = wordsOf(problem.value)
  return (
    <Dialog title={t('deletion.tokenTitle')} closeLabel={t('common.close')} onClose={onClose}>
      <p>{t('deletion.tokenBody')}</p>
      {shown === null ? (
        <Button kind="primary" onClick={() => ask({ type: 'deletionToken' })}>
          {t('deletion.tokenMake')}
        </Button>
      ) : (
        <Field label={t('deletion.token')} hint={t('deletion.tokenOnce')}>
          {({ id, describedBy }) => (
            <span class="link-row">
              <input
                id={id}
                class="input"
                readOnly
                value={shown}
                aria-describedby={describedBy}
                spellcheck={false}
                onFocus={(event) => event.currentTarget.select()}
              />
              <Button kind="primary" icon="copy" onClick={() => void copyText(shown)}>
                {t('common.copy')}
              </Button>
            </span>
          )}
        </Field>
      )}
      {words !== undefined && (
        <p class="problem" role="alert">
          {words}
        </p>
      )}
    </Dialog>
  )
}

/** Deletes the pad for whoever holds its token. */
export function DeleteWithTokenDialog({ model, onClose }: DialogProps): JSX.Element {
  const { problem, ask } = useProblem(model, 'padDelete')
  const token = useSignal('')
  const given = token.value.trim()
  const send = (): void => {
    if (given !== '') ask({ type: 'padDelete', token: given })
  }
  return (
    <Dialog
      title={t('deletion.withTokenTitle', { name: padTitle(model.boot.pad) })}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('deletion.keep')}</Button>
          <Button kind="danger" icon="trash" disabled={given === ''} onClick={send}>
            {t('deletion.now')}
          </Button>
        </>
      }
    >
      <p>{t('deletion.body')}</p>
      <Field label={t('deletion.token')} problem={wordsOf(problem.value)}>
        {({ id, describedBy }) => (
          <Input
            id={id}
            value={token.value}
            describedBy={describedBy}
            invalid={problem.value === 'badToken'}
            onInput={(value) => (token.value = value)}
          />
        )}
      </Field>
    </Dialog>
  )
}
