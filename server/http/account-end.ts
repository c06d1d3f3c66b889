/** `account/delete`: somebody deletes their own account, and is told before what stays (SPEC-access AC36). */
import { forgetCookies } from '../access/cookies.ts'
import { AppError } from '../errors.ts'
import type { AccountHouse, PageOf } from './account-house.ts'
import { accountForm, CODE, CURRENT, factList, wayTo } from './account-parts.ts'
import { frameOf } from './guests.ts'
import { say } from './words.ts'

export function endForms(house: AccountHouse): void {
  const { room, settings } = house

  const page: PageOf = async ({ lang, up }, { user, held }, { wrong }) => {
    const owned = await room.padsOf(held.account.author)
    const counted =
      owned === 0
        ? say(lang, 'account.ownNone')
        : say(lang, owned === 1 ? 'account.ownOne' : 'account.ownMany').replace('{{n}}', () => String(owned))
    return {
      heading: say(lang, 'account.delete'),
      message: say(lang, 'account.deleteAbout').replace('{{name}}', () => user.name),
      more: [
        factList([
          say(lang, 'account.deleteGoes'),
          say(lang, 'account.deleteStays'),
          counted,
          ...(owned === 0 ? [] : [say(lang, 'account.ownAbout')]),
        ]),
        ...(owned === 0 ? [] : [wayTo(lang, `${up}my-pads`, 'account.myPads')]),
        accountForm(lang, {
          action: `${up}account/delete`,
          fields: user.proof.factor === null ? [CURRENT] : [CURRENT, CODE],
          check: { name: 'nameless', label: 'account.nameless' },
          button: 'account.deleteNow',
          grave: true,
          wrong: wrong?.error ?? null,
        }),
        wayTo(lang, `${up}account`, 'account.back'),
      ].join('\n'),
    }
  }

  house.page('delete', page)

  house.form('delete', page, async (owner, values, asked) => {
    const { user } = owner
    const { request, response, lang } = asked
    if (user.admin)
      throw new AppError('forbidden', 'An administrator’s account is deleted by another administrator.')
    await room.prove(user.id, values('current'))
    if (user.proof.factor !== null) await room.takeCode(user.id, values('code'))
    await room.erase(user.id, values('nameless') !== '')
    house.record(owner, request, 'deleted by themselves')
    const frame = frameOf(request, settings.publicURL, settings.cookie.prefix)
    for (const kind of ['login', 'token'] as const)
      for (const line of forgetCookies(kind, settings.cookie, frame)) response.append('Set-Cookie', line)
    house.send(asked, {
      heading: say(lang, 'account.deleted'),
      message: say(lang, 'account.deletedAbout'),
      more: '',
    })
    return null
  })
}
