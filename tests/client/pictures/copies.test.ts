/** Pictures go with copied words from one pad of a browser to another (SPEC-text I7). */
import { expect, test } from '@jest/globals'
import { createCopies } from '../../../client/pictures/copies.ts'

const KEY = 'k'.repeat(43)
const OTHER = 'o'.repeat(43)

function browser(answers: ('done' | 'later' | 'never')[] = []) {
  const kept = new Map<string, string>()
  const linked: string[] = []
  const arrived: string[] = []
  const timers: { ms: number; run: () => void }[] = []
  let now = 1000
  const page = (pad: string) =>
    createCopies({
      pad,
      storage: {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, value),
      },
      async link(from, key) {
        linked.push(`${from} ${key[0] ?? ''} to ${pad}`)
        return answers.shift() ?? 'done'
      },
      arrived: (key) => arrived.push(key),
      now: () => now,
      after: (ms, run) => timers.push({ ms, run }),
    })
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return { kept, linked, arrived, timers, page, settled, later: (ms: number) => (now += ms) }
}

test('I7: what was copied in one pad is asked for in another, only what is pasted, and not in its own', async () => {
  const { linked, arrived, page, settled } = browser()
  const source = page('r.1')
  source.copied([KEY, OTHER])
  source.pasted(`words ${KEY}`)
  const target = page('notes')
  target.pasted(`<div data-inkpad="${KEY}">`)
  // Whoever shows it waits for the answer.
  expect([target.asked(KEY) instanceof Promise, target.asked(OTHER), arrived]).toEqual([true, undefined, []])
  await target.asked(KEY)
  expect([linked, arrived]).toEqual([['r.1 k to notes'], [KEY]])
  await settled()
  expect(target.asked(KEY)).toBeUndefined()
})

test('I7, I9: what was copied stays known while something is dragged in other pads, of four pads', async () => {
  const { linked, page, settled } = browser()
  page('copied').copied([KEY])
  page('dragged').copied([OTHER])
  page('dragged').copied([OTHER])
  page('target').pasted(`${KEY} ${OTHER}`)
  await settled()
  expect(linked).toEqual(['dragged o to target', 'copied k to target'])
  for (const pad of ['1', '2', '3']) page(pad).copied([OTHER])
  page('target').pasted(KEY)
  await settled()
  expect(linked).toHaveLength(2)
})

test('I7: it is tried again a few times, not for ever, and not what is refused for good', async () => {
  const { linked, timers, page, settled } = browser(['later', 'later', 'later', 'later', 'never'])
  page('a').copied([KEY])
  const target = page('b')
  target.pasted(KEY)
  for (let turn = 0; turn < 6; turn += 1) {
    await settled()
    timers.splice(0).forEach(({ run }) => run())
  }
  expect(linked).toHaveLength(4)
  target.pasted(KEY)
  await settled()
  expect([linked.length, timers.length]).toEqual([5, 0])
})

test('I7: an old copy and a damaged note bring nothing', async () => {
  const { kept, linked, page, settled, later } = browser()
  page('a').copied([KEY])
  const [name = ''] = kept.keys()
  later(25 * 3_600_000)
  page('b').pasted(KEY)
  for (const damaged of [
    '{',
    'null',
    '7',
    '{}',
    '[7,null]',
    '[{"pad":1,"keys":[],"time":1}]',
    '[{"pad":"a","keys":["../x"],"time":90001000}]',
  ]) {
    kept.set(name, damaged)
    page('b').pasted(`${KEY} ../x`)
  }
  await settled()
  expect(linked).toEqual([])
})
