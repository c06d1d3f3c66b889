/** Passwords, codes and recovery codes of accounts of our own (SPEC-access AC10 to AC24), without a database. */
import { describe, expect, test } from '@jest/globals'
import { isCommon } from '../../../server/accounts/common.ts'
import { checkNew, createPasswordHashes } from '../../../server/accounts/passwords.ts'
import { keptOf, newCodes } from '../../../server/accounts/recovery.ts'
import { createStepNotes, STEP_LIFETIME } from '../../../server/accounts/step-notes.ts'
import { codeOf, newSecret, otpauth, stepAt, stepOf } from '../../../server/accounts/totp.ts'
import { cleanName, keyOfName } from '../../../server/accounts/user.ts'

const LIGHT = { ln: 10, r: 8, p: 1 }

describe('AC10: passwords that are refused', () => {
  test.each([
    'Password123!',
    'passwort2024',
    '1234567890',
    'qwertyuiop',
    'qwertzuiop1',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    'hunter2hunter2',
    '1q2w3e4r5t6z',
    'Summer2024!!',
    'admin-admin-admin',
    'gretchen 1985',
  ])('%s', (password) => {
    expect(isCommon(password, 'Gretchen')).toBe(true)
  })

  test.each([
    'correct horse battery',
    'kT9#vLq2Xp',
    'blue kettle 7',
    '龍が空を飛んでいた日曜',
    'Zug um 7 nach Ulm',
  ])('AC10: %s is taken', (password) => {
    expect(() => checkNew(password, 'Gretchen')).not.toThrow()
  })

  test('AC10: nine characters are too few, whatever their bytes', () => {
    expect(() => checkNew('k9#vLq2Xp', 'ada')).toThrow('at least 10')
    expect(() => checkNew('😀'.repeat(9), 'ada')).toThrow('at least 10')
    expect(() => checkNew('kT9#vLq2Xp '.repeat(100), 'ada')).toThrow('at most 1000')
  })
})

test('AC11: a hash opens with its password alone, also with letters typed in another way; each has its own salt', async () => {
  const hashes = createPasswordHashes(LIGHT)
  const kept = await hashes.make('Grüße aus Köln')
  expect(kept).toMatch(/^\$scrypt\$ln=10,r=8,p=1\$[\w+/]{22}==\$[\w+/]{43}=$/)
  expect(await hashes.make('Grüße aus Köln')).not.toBe(kept)
  expect(await hashes.check('Grüße aus Köln'.normalize('NFD'), kept)).toEqual({
    right: true,
    outdated: false,
  })
  expect((await hashes.check('Grüße aus Koln', kept)).right).toBe(false)
  expect((await hashes.check('', '$scrypt$ln=99,r=8,p=1$$')).right).toBe(false)
  expect((await hashes.check('anything', null)).right).toBe(false)
})

test('AC11: a hash with less work is outdated, but only for who knows the password', async () => {
  const kept = await createPasswordHashes(LIGHT).make('blue kettle 7')
  const now = createPasswordHashes({ ...LIGHT, ln: 11 })
  expect(await now.check('blue kettle 7', kept)).toEqual({ right: true, outdated: true })
  expect(await now.check('blue kettle 8', kept)).toEqual({ right: false, outdated: false })
})

test('AC11: few hashes are made at once, the others wait in their order, and too many are refused', async () => {
  const hashes = createPasswordHashes(LIGHT)
  const all = await Promise.allSettled(Array.from({ length: 60 }, () => hashes.make('blue kettle 7')))
  const refused = all.filter((one) => one.status === 'rejected')
  expect(refused).toHaveLength(18)
  expect(String(refused[0]?.reason)).toContain('Too many')
  expect((await hashes.check('blue kettle 7', await hashes.make('blue kettle 7'))).right).toBe(true)
})

test('AC20: codes are those of the RFC (its secret, six of its eight digits)', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  const vectors = [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ] as const
  for (const [seconds, code] of vectors) expect(codeOf(secret, stepAt(seconds * 1000))).toBe(code)
})

test('AC20, AC21: a code of now and of its neighbours is taken, none further away, and none up to the last', () => {
  const secret = newSecret()
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  const time = 1_700_000_000_000
  const now = stepAt(time)
  for (const step of [now - 1, now, now + 1]) expect(stepOf(secret, codeOf(secret, step), time, 0)).toBe(step)
  for (const step of [now - 2, now + 2]) expect(stepOf(secret, codeOf(secret, step), time, 0)).toBeNull()
  expect(stepOf(secret, codeOf(secret, now), time, now)).toBeNull()
  expect(stepOf(secret, codeOf(secret, now - 1), time, now)).toBeNull()
  expect(stepOf(secret, codeOf(secret, now + 1), time, now)).toBe(now + 1)
  const code = codeOf(secret, now)
  expect(stepOf(secret, ` ${code.slice(0, 3)} ${code.slice(3)} `, time, 0)).toBe(now)
  for (const wrong of ['', code.slice(0, 5), `${code}0`, 'abcdef', '😀'.repeat(300)])
    expect(stepOf(secret, wrong, time, 0)).toBeNull()
})

test('AC20: apps get secret, name and issuer, whatever letters these have', () => {
  const address = new URL(otpauth('ABC', 'Ada & Bob:x', 'Our: pads +1'))
  expect(address.pathname).toBe('/Our%20%20pads%20%2B1:Ada%20%26%20Bob%3Ax')
  expect(address.searchParams.get('issuer')).toBe('Our: pads +1')
  expect(address.searchParams.get('secret')).toBe('ABC')
  expect(address.search).not.toContain('+')
})

test('AC22: ten recovery codes, all different, kept as hashes, read however they are typed', () => {
  const { shown, kept } = newCodes()
  expect(new Set(shown).size).toBe(10)
  expect(shown[0]).toMatch(/^([2-9a-hjkmnp-z]{4}-){3}[2-9a-hjkmnp-z]{4}$/)
  expect(kept.join()).not.toContain(shown[0]?.replaceAll('-', '') ?? '-')
  expect(keptOf(shown[3]?.toUpperCase().replaceAll('-', ' ') ?? '')).toBe(kept[3])
  expect(keptOf('123456')).toBeNull()
})

test('AC24: a note is read as it was made, for ten minutes, and by its own key', async () => {
  let time = 1_700_000_000_000
  const notes = createStepNotes(
    async () => 'key',
    () => time,
  )
  const content = { kind: 'code', id: 'u.1', version: 3, secret: '' } as const
  const note = await notes.make(content)
  expect(await notes.read(note)).toEqual(content)
  expect(
    await createStepNotes(
      async () => 'other',
      () => time,
    ).read(note),
  ).toBeNull()
  const [body = '', signature = ''] = note.split('.')
  const forged = Buffer.from(JSON.stringify(['code', 'u.2', 3, '', time + 1e6])).toString('base64url')
  for (const wrong of ['', '.', body, `${forged}.${signature}`, 'x'.repeat(5000)])
    expect(await notes.read(wrong)).toBeNull()
  time += STEP_LIFETIME
  expect(await notes.read(note)).toBeNull()
})

test('AC2: names are cleaned; those that differ in how they are written only are one', () => {
  expect(cleanName('  Ada\u00a0 Lovelace ')).toBe('Ada Lovelace')
  for (const wrong of ['', ' ', 'a\u200bb', 'a\u0000b', 'x'.repeat(51), '\ud800'])
    expect(cleanName(wrong)).toBeNull()
  expect(keyOfName('ÅDA')).toBe(keyOfName('a\u030ada'))
  expect(keyOfName('Ａｄａ')).toBe('ada')
})
