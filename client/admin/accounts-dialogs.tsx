/** Dialogs of the room of accounts: making one, asking before something, handing over a password. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { AdminAccountRow } from '../../shared/admin.ts'
import { t } from '../i18n.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, Switch } from '../ui/field.tsx'
import { toast } from '../ui/toasts.tsx'
import { explain } from './api.ts'
import type { Api } from './api.ts'
import { Confirm, Notice } from './parts.tsx'
import { say } from './words.ts'

/** What is asked before it is done, and to which account. */
export interface Asked {
  what: 'admin' | 'noAdmin' | 'password' | 'factor' | 'block' | 'delete'
  account: AdminAccountRow
}

const REQUESTS: Readonly<Record<Asked['what'], [path: string, body: object]>> = {
  admin: ['rights', { admin: true }],
  noAdmin: ['rights', { admin: false }],
  password: ['password', {}],
  factor: ['factor', {}],
  block: ['rights', { blocked: true }],
  delete: ['delete', {}],
}

/** Asks, then does it; gives the password where there is a new one. */
export function AccountAsk({
  api,
  asked: { what, account },
  onClose,
  onDone,
}: {
  api: Api
  asked: Asked
  onClose: () => void
  onDone: (password: string | null) => void
}): JSX.Element {
  const { id, name } = account
  const [path, body] = REQUESTS[what]
  return (
    <Confirm
      title={say(`accounts.ask.${what}`, { name })}
      action={say(`accounts.do.${what}`)}
      onClose={onClose}
      run={async () => {
        const { password } = await api.post<{ password?: string }>(`api/accounts/${path}`, { id, ...body })
        if (password === undefined) toast(say('accounts.done'))
        onDone(password ?? null)
      }}
    >
      <p>{say(`accounts.about.${what}`)}</p>
    </Confirm>
  )
}

/** A name, and whether it is an administrator's. */
export function NewAccount({
  api,
  onClose,
  onMade,
}: {
  api: Api
  onClose: () => void
  onMade: (made: { name: string; password: string }) => void
}): JSX.Element {
  const name = useSignal('')
  const admin = useSignal(false)
  const problem = useSignal<string | null>(null)
  const busy = useSignal(false)
  const make = (): void => {
    if (busy.value) return
    busy.value = true
    problem.value = null
    api.post<{ password: string }>('api/accounts/add', { name: name.value, admin: admin.value }).then(
      ({ password }) => onMade({ name: name.value.trim(), password }),
      (error: unknown) => {
        problem.value = explain(error)
        busy.value = false
      },
    )
  }
  return (
    <Dialog
      title={say('accounts.new')}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {say('common.cancel')}
          </Button>
          <Button kind="primary" disabled={busy.value} onClick={make}>
            {say('accounts.make')}
          </Button>
        </>
      }
    >
      <form
        class="choice-rows"
        onSubmit={(event) => {
          event.preventDefault()
          make()
        }}
      >
        <Field
          label={say('accounts.name')}
          hint={say('accounts.nameHint')}
          problem={problem.value ?? undefined}
        >
          {({ id, describedBy }) => (
            <input
              id={id}
              class="input"
              aria-describedby={describedBy}
              value={name.value}
              maxLength={50}
              autoComplete="off"
              autoFocus
              onInput={(event) => (name.value = event.currentTarget.value)}
            />
          )}
        </Field>
        <Switch
          label={say('accounts.admin')}
          hint={say('accounts.about.admin')}
          checked={admin.value}
          onChange={(on) => (admin.value = on)}
        />
      </form>
    </Dialog>
  )
}

/** Shows a password that opens once, to be given to its person. */
export function HandOver({
  name,
  password,
  onClose,
}: {
  name: string
  password: string
  onClose: () => void
}): JSX.Element {
  const copy = (): void => {
    navigator.clipboard?.writeText(password).then(
      () => toast(say('common.copied')),
      () => toast(say('common.notCopied'), 'warning'),
    )
  }
  return (
    <Dialog
      title={say('accounts.handOver', { name })}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={copy}>{say('accounts.copy')}</Button>
          <Button kind="primary" onClick={onClose}>
            {say('accounts.handed')}
          </Button>
        </>
      }
    >
      <code class="secret-shown" dir="ltr">
        {password}
      </code>
      <Notice tone="plain">{say('accounts.handHint')}</Notice>
    </Dialog>
  )
}
