import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createAccess } from '../../../server/access/access.ts'
import { AppError } from '../../../server/errors.ts'
import { isPadName } from '../../../shared/ids.ts'

const READER = `r.${'0123456789abcdef'.repeat(2)}`
const store = { padOfReadOnlyId: async (id: string) => (id === READER ? 'secret' : null) }
const ADA = { author: 'a.ada0000000000000', name: 'Ada', colour: '1' }
const owners = {
  holding: async (pad: string) => ({
    owner: pad === 'mine' || pad === 'secret' ? ADA.author : null,
    rule: null,
  }),
}
const access = createAccess({ store, owners, lowerCasePadIds: false })

async function codeOf(name: string): Promise<string> {
  const error: unknown = await access.enter(name, null).then(
    () => null,
    (caught: unknown) => caught,
  )
  return error instanceof AppError ? error.code : 'none'
}

describe('enter', () => {
  test('Access: a pad is open for writing to whoever knows its name', async () => {
    expect(await access.enter('notes', null)).toEqual({ pad: 'notes', shown: 'notes', level: 'write' })
  })

  test("P21: a pad is its owner's, for nobody else and by no read-only id", async () => {
    expect(await access.enter('mine', ADA)).toEqual({ pad: 'mine', shown: 'mine', level: 'own' })
    expect((await access.enter('mine', { ...ADA, author: 'a.bob0000000000000' })).level).toBe('write')
    expect((await access.enter('mine', null)).level).toBe('write')
    expect((await access.enter('others', ADA)).level).toBe('write')
    expect((await access.enter(READER, ADA)).level).toBe('read')
  })

  test('A3: a read-only id lets read, and shows itself instead of the name', async () => {
    expect(await access.enter(READER, null)).toEqual({ pad: 'secret', shown: READER, level: 'read' })
  })

  test.each([
    [`r.${'f'.repeat(32)}`, 'notFound'],
    ['', 'badPadName'],
    ['.', 'badPadName'],
    ['..', 'badPadName'],
    ['a b', 'badPadName'],
    ['a:b', 'badPadName'],
    ['a/b', 'badPadName'],
    ['a\\b', 'badPadName'],
    ['a\u0000b', 'badPadName'],
    ['e\u0301', 'badPadName'],
    ['a$b', 'badPadName'],
    ['x'.repeat(51), 'badPadName'],
    ['g.abcdefghijklmnop$notes', 'forbidden'],
    ['g.abcdefghijklmnop$', 'badPadName'],
  ])('A4: %j is refused as %s', async (name, code) => {
    expect(await codeOf(name)).toBe(code)
  })

  test('A4: whatever the name, the pad entered is exactly that name or none', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ maxLength: 60 })),
        async (name) => {
          const entry = await access.enter(name, null).catch(() => null)
          expect(entry?.pad ?? name).toBe(name)
          if (entry !== null) expect(isPadName(name)).toBe(true)
        },
      ),
    )
  })

  test('Access: lowerCasePadIds makes names small, also in what is shown', async () => {
    const lower = createAccess({ store, owners, lowerCasePadIds: true })
    expect(await lower.enter('NoTes', null)).toEqual({ pad: 'notes', shown: 'notes', level: 'write' })
  })
})

describe('Settings: editOnly', () => {
  const asked: string[] = []
  const exists = async (pad: string) => {
    asked.push(pad)
    if (pad === 'unreachable') throw new Error('the database is away')
    return pad === 'notes'
  }
  const editOnly = createAccess({ store, owners, lowerCasePadIds: false, exists, editOnly: true })

  test('a pad that is there opens, another name makes none', async () => {
    expect((await editOnly.enter('notes', null)).level).toBe('write')
    await expect(editOnly.enter('new', ADA)).rejects.toMatchObject({ code: 'notFound' })
  })

  test('what cannot be known opens nothing, and a bad name is not looked up', async () => {
    await expect(editOnly.enter('unreachable', null)).rejects.toThrow('the database is away')
    asked.length = 0
    await expect(editOnly.enter('a:b', null)).rejects.toMatchObject({ code: 'badPadName' })
    expect(asked).toEqual([])
  })
})
