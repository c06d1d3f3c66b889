/** Accounts of the settings file as a way to sign in (docs/SPEC-access.md L40, L42). */
import { expect, test } from '@jest/globals'
import { createHashes, isHash } from '../../../server/access/hashes.ts'
import { hasHashedAdmin, settingsUsers, unknownHashes } from '../../../server/access/settings-users.ts'
import { usersField } from '../../../server/settings/users.ts'
import type { SettingsUsers } from '../../../server/settings/users.ts'

/** Of "right one", with the least cost; once as others write the same. */
const HASH = '$2b$04$05lKmVBC5abKo85Rs1F8w.tP26lLC29TYsqFZV2oXpAqz1gd4vf5W'

function users(given: Record<string, unknown>): SettingsUsers {
  const reading = usersField.read(given)
  if (!('value' in reading)) throw new Error('the accounts are not right')
  return reading.value
}

/** Signs in; the person's subject, or null. */
async function enter(given: Record<string, unknown>, name: string, password: string): Promise<string | null> {
  const provider = settingsUsers(
    { users: users(given), requireAuthentication: true },
    (word) => word,
    createHashes(),
  )
  const who = await provider?.form?.enter({ name, password }, {} as never)
  return who !== null && who !== undefined && 'subject' in who ? who.subject : null
}

test.each(['2a', '2b', '2y'])(
  'L42: an account with a hash of bcrypt ($%s$) opens with its password alone',
  async (kind) => {
    const given = { mira: { hash: HASH.replace('2b', kind) }, plain: { password: 'clear' } }
    expect(await enter(given, 'mira', 'right one')).toBe('mira')
    expect(await enter(given, 'mira', 'wrong')).toBeNull()
    expect(await enter(given, 'mira', '')).toBeNull()
    expect(await enter(given, 'mira', given.mira.hash)).toBeNull()
    expect(await enter(given, 'nobody', 'right one')).toBeNull()
    expect(await enter(given, 'plain', 'clear')).toBe('plain')
    expect(await enter(given, 'plain', 'right one')).toBeNull()
  },
)

test('L42: other forms let nobody in and are named; costs that would stop the server are refused', () => {
  const digest = 'a'.repeat(128)
  const given = users({
    old: { hash: digest },
    slow: { hash: HASH.replace('$04$', '$31$') },
    good: { hash: HASH },
  })
  expect(unknownHashes({ users: given })).toEqual(['old', 'slow'])
  expect([isHash(HASH), isHash(`${HASH}x`), isHash(''), isHash(HASH.replace('$04$', '$03$'))]).toEqual([
    true,
    false,
    false,
    false,
  ])
  const none = { users: users({ old: { hash: digest } }), requireAuthentication: true }
  expect(settingsUsers(none, (word) => word, createHashes())).toBeNull()
})

test('L40, L42: where nobody has to sign in the form is for people, and for administrators with a hash', () => {
  const form = (given: Record<string, unknown>) =>
    settingsUsers({ users: users(given), requireAuthentication: false }, (word) => word, createHashes())
  expect(form({ admin: { password: 'x', is_admin: true } })).toBeNull()
  expect(form({ mira: { password: 'x' } })).not.toBeNull()
  const hashed = { admin: { hash: HASH, is_admin: true } }
  expect(form(hashed)).not.toBeNull()
  expect(hasHashedAdmin({ users: users(hashed) })).toBe(true)
  expect(hasHashedAdmin({ users: users({ mira: { hash: HASH } }) })).toBe(false)
})

test('L42: who guesses many at once is told to wait, and those that wait are answered in turn', async () => {
  const compare = createHashes()
  const answers = await Promise.allSettled(Array.from({ length: 25 }, () => compare('wrong', HASH)))
  const refused = answers.filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(4)
  expect(answers.filter((answer) => answer.status === 'fulfilled' && !answer.value)).toHaveLength(21)
}, 60_000)

test('L40: beside accounts of our own an administrator of the settings has no form of their own; others have', () => {
  const given = (user: object) =>
    settingsUsers(
      {
        users: users({ one: user }),
        requireAuthentication: true,
        accounts: { enabled: true, signUp: false },
      },
      (word) => word,
      createHashes(),
    )
  expect(given({ password: 'right horse', is_admin: true })).toBeNull()
  expect(given({ password: 'right horse' })).not.toBeNull()
})
