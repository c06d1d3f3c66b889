/** `account`: the name that others see, password and second factor of somebody with an account of ours (SPEC-access AC30 to AC36). */
import { Router } from 'express'
import { AppError } from '../errors.ts'
import { endForms } from './account-end.ts'
import { factorForms, factorPart } from './account-factor.ts'
import { createAccountHouse } from './account-house.ts'
import type { AccountPageParts, PageOf } from './account-house.ts'
import { accountForm, CURRENT, doneLine, wayTo } from './account-parts.ts'
import { signUpRoutes } from './account-sign-up.ts'
import { say } from './words.ts'

export type { AccountPageParts } from './account-house.ts'

export function accountRoutes(parts: AccountPageParts): Router {
  const { room } = parts
  const router = Router({ strict: true, caseSensitive: true })
  const house = createAccountHouse(router, parts)

  const page: PageOf = async (asked, owner, note) => {
    const { lang, up } = asked
    const { done, wrong } = note
    const { user, held } = owner
    const wrongOf = (form: string): AppError | null => (wrong?.form === form ? wrong.error : null)
    const shown = await room.shownName(held.account.author)
    return {
      heading: say(lang, 'account.title'),
      message: user.name,
      more: [
        ...(done === undefined ? [] : [doneLine(lang, done)]),
        accountForm(lang, {
          action: `${up}account/name`,
          heading: 'account.shown',
          fields: [{ name: 'name', label: 'account.shownName', kind: 'shown', value: shown }],
          button: 'account.shownNow',
          quiet: true,
          wrong: wrongOf('name'),
        }),
        accountForm(lang, {
          action: `${up}account/password`,
          heading: 'account.change',
          fields: [
            CURRENT,
            { name: 'new', label: 'account.new', kind: 'new' },
            { name: 'again', label: 'account.again', kind: 'new' },
          ],
          button: 'account.changeNow',
          wrong: wrongOf('password'),
        }),
        factorPart(asked, owner, note),
        wayTo(lang, `${up}login`, 'account.browsers'),
        ...(user.admin ? [] : [wayTo(lang, `${up}account/delete`, 'account.delete')]),
      ].join('\n'),
    }
  }

  router.use(signUpRoutes({ ...parts, ownPagesOnly: (request) => house.ownPagesOnly(request) }))
  house.page('', page)

  house.form('name', page, async (owner, values, { request }) => {
    await room.setShownName(owner.held.account.author, values('name'))
    house.record(owner, request, 'name shown')
    return 'account.shownDone'
  })

  house.form('password', page, async (owner, values, { request }) => {
    const { user } = owner
    await room.prove(user.id, values('current'))
    if (values('new') !== values('again'))
      throw new AppError('badRequest', 'The two new passwords are not the same.')
    await room.setPassword(user.id, values('new'), false)
    await house.changed(owner, request, 'password')
    return 'account.passwordDone'
  })

  factorForms(house, page)
  endForms(house)
  return router
}
