/** The second factor and its recovery codes on the account's page (SPEC-access AC20 to AC24, AC30, AC31). */
import { qrSvg } from '../accounts/qr.ts'
import { otpauth } from '../accounts/totp.ts'
import { AppError } from '../errors.ts'
import type { AccountHouse, Asked, Note, Owner, PageOf } from './account-house.ts'
import { accountForm, codeList, CURRENT, CODE, wayTo } from './account-parts.ts'
import { escapeHtml } from './html.ts'
import { say } from './words.ts'

/** Serves the forms; their answers stand in `page`. */
export function factorForms(house: AccountHouse, page: PageOf): void {
  const { room, settings } = house

  function sendCodes(asked: Asked, codes: readonly string[]): void {
    const { lang, up } = asked
    house.send(asked, {
      heading: say(lang, 'account.codes'),
      message: say(lang, 'account.codesAbout'),
      more: `${codeList(codes)}\n${wayTo(lang, `${up}account`, 'account.codesKept', false)}`,
    })
  }

  function sendSetUp(
    asked: Asked,
    { user }: Owner,
    step: { note: string; secret: string; wrong: AppError | null },
  ): void {
    const { lang, up } = asked
    const { note, secret, wrong } = step
    const picture = qrSvg(otpauth(secret, user.name, settings.title), escapeHtml(say(lang, 'account.qr')))
    const key = (secret.match(/.{4}/g) ?? []).join(' ')
    house.send(
      asked,
      {
        heading: say(lang, 'account.setUp'),
        message: say(lang, 'account.scan'),
        more: [
          picture,
          `<p>${escapeHtml(say(lang, 'account.key'))}<br><code class="key">${key}</code></p>`,
          accountForm(lang, {
            action: `${up}account/factor/confirm`,
            fields: [{ name: 'code', label: 'account.code', kind: 'code', first: true }],
            hidden: { step: note },
            button: 'account.confirm',
            wrong,
          }),
          wayTo(lang, `${up}account`, 'account.back'),
        ].join('\n'),
      },
      wrong?.status ?? 200,
    )
  }

  house.form('factor', page, async (owner, values, asked) => {
    const { id, version } = owner.user
    await room.prove(id, values('current'))
    const secret = room.newFactor()
    const note = await room.notes.make({ kind: 'factor', id, version, secret })
    sendSetUp(asked, owner, { note, secret, wrong: null })
    return null
  })

  house.form('factor/confirm', page, async (owner, values, asked) => {
    const note = await room.notes.read(values('step'))
    const { id, version } = owner.user
    if (note?.kind !== 'factor' || note.id !== id || note.version !== version)
      throw new AppError('badRequest', 'This took too long, or was done already; please begin it again.')
    try {
      const codes = await room.setFactor(id, note.secret, values('code'))
      await house.changed(owner, asked.request, 'second factor on')
      sendCodes(asked, codes)
    } catch (error) {
      const wrong = error instanceof AppError ? error : null
      if (wrong?.code !== 'unauthenticated' && wrong?.code !== 'tooFast') throw error
      sendSetUp(asked, owner, { note: values('step'), secret: note.secret, wrong })
    }
    return null
  })

  house.form('recovery', page, async (owner, values, asked) => {
    await room.prove(owner.user.id, values('current'))
    await room.takeCode(owner.user.id, values('code'))
    const codes = await room.newRecovery(owner.user.id)
    await house.changed(owner, asked.request, 'recovery codes')
    sendCodes(asked, codes)
    return null
  })

  house.form('factor/off', page, async (owner, values, { request }) => {
    await room.prove(owner.user.id, values('current'))
    await room.takeCode(owner.user.id, values('code'))
    await room.dropFactor(owner.user.id)
    await house.changed(owner, request, 'second factor off')
    return 'account.factorOff'
  })
}

/** What stands on the account's page of it. */
export function factorPart({ lang, up }: Asked, { user: { proof } }: Owner, { wrong }: Note): string {
  const wrongOf = (form: string): AppError | null => (wrong?.form === form ? wrong.error : null)
  return proof.factor === null
    ? accountForm(lang, {
        action: `${up}account/factor`,
        heading: 'account.factor',
        about: say(lang, 'account.factorAbout'),
        fields: [CURRENT],
        button: 'account.setUp',
        quiet: true,
        wrong: wrongOf('factor') ?? wrongOf('factor/confirm'),
      })
    : accountForm(lang, {
        action: `${up}account/recovery`,
        heading: 'account.factorOn',
        about: say(lang, 'account.left').replace('{{n}}', () => String(proof.recovery.length)),
        fields: [CURRENT, CODE],
        button: 'account.newCodes',
        quiet: true,
        other: { action: `${up}account/factor/off`, button: 'account.turnOffNow' },
        wrong: wrongOf('recovery') ?? wrongOf('factor/off'),
      })
}
