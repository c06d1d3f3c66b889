/** Notes for pop-ups and the codes they hand over (docs/SPEC-access.md L52, L53). */
import { expect, test } from '@jest/globals'
import { CODE_LIFETIME, createHandOvers, frameKey } from '../../../server/access/hand-over.ts'
import { STATE_LIFETIME } from '../../../server/access/login-state.ts'

function desk(key = 'key') {
  let time = 1_000_000
  return {
    ...createHandOvers(
      async () => key,
      () => time,
    ),
    pass: (ms: number) => void (time += ms),
  }
}
const FRAME = frameKey('the secret of a frame')
const OWN = ['another cookie', 'the secret of a frame']

test('L52: a note says which frame it is for, for ten minutes, and nobody else can write one', async () => {
  const here = desk()
  const note = await here.note(FRAME)
  expect(await here.frameOf(note)).toBe(FRAME)
  expect(note).not.toContain('secret')
  for (const wrong of ['', 'x', `${note}A`, `x${note}`, note.replace('.', ''), note.repeat(20)])
    await expect(here.frameOf(wrong)).rejects.toMatchObject({ status: 400 })
  await expect(desk('another key').frameOf(note)).rejects.toMatchObject({ status: 400 })
  expect(await desk().frameOf(note)).toBe(FRAME)
  here.pass(STATE_LIFETIME)
  await expect(here.frameOf(note)).rejects.toMatchObject({ status: 400 })
})

test('L53: a code is good for its frame only, once, for a minute', async () => {
  const here = desk()
  const code = await here.give(FRAME, 'hash')
  await expect(here.take(code, ['another cookie'])).rejects.toMatchObject({ status: 400 })
  await expect(here.take(code, [])).rejects.toMatchObject({ status: 400 })
  await expect(here.take(`${code}A`, OWN)).rejects.toMatchObject({ status: 400 })
  expect(await here.take(code, OWN)).toBe('hash')
  await expect(here.take(code, OWN)).rejects.toMatchObject({ status: 400 })
  const late = await here.give(FRAME, 'hash')
  here.pass(CODE_LIFETIME)
  await expect(here.take(late, OWN)).rejects.toMatchObject({ status: 400 })
})

test('L53: a note is no code, and a code no note', async () => {
  const here = desk()
  await expect(here.take(await here.note(FRAME), OWN)).rejects.toMatchObject({ status: 400 })
  await expect(here.frameOf(await here.give(FRAME, 'hash'))).rejects.toMatchObject({ status: 400 })
})
