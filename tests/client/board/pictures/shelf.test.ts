import { expect, test } from '@jest/globals'
import { createSeenPictures } from '../../../../client/board/pictures/elsewhere.ts'
import { LONGEST, plan } from '../../../../client/board/pictures/prepare.ts'
import { createShelf } from '../../../../client/board/pictures/shelf.ts'
import { PictureError, readKept } from '../../../../client/board/pictures/source.ts'
import { MAX_ASSET_BYTES } from '../../../../shared/board/limits.ts'
import { createClock } from '../../../support/clock.ts'

const settle = (): Promise<void> => new Promise((done) => setImmediate(done))

/** A shelf over a source that does as the test says. */
function shelfOf({ budget = 1e9, fails = [] as unknown[] } = {}) {
  const clock = createClock()
  const fetched: string[] = []
  const closed: string[] = []
  const changed: string[] = []
  let open = 0
  let most = 0
  const shelf = createShelf({
    source: {
      async fetch(key) {
        fetched.push(key)
        most = Math.max(most, ++open)
        await settle()
        open--
        const error = fails.shift()
        if (error) throw error
        return new Blob([key])
      },
    },
    async decode(picture) {
      const key = await picture.text()
      return { width: 10, height: 10, key, close: () => closed.push(key) } as unknown as ImageBitmap
    },
    after: (ms, run) => clock.after(ms, run),
    now: () => clock.now(),
    budget,
  })
  shelf.onChange((asset) => changed.push(asset))
  const rest = async (): Promise<void> => {
    for (let i = 0; i < 40; i++) await settle()
  }
  return { shelf, clock, fetched, closed, changed, rest, most: () => most }
}

test('B436: a picture is fetched once, when it is first asked for, and told when it is there', async () => {
  const { shelf, fetched, changed, rest } = shelfOf()
  expect([shelf.image('a'), shelf.image('a'), shelf.state('a')]).toEqual([null, null, 'loading'])
  await rest()
  expect([fetched, changed, shelf.state('a')]).toEqual([['a'], ['a'], 'ready'])
  expect(shelf.image('a')).toMatchObject({ key: 'a' })
})

test('B436: four come at once, those asked for last first', async () => {
  const { shelf, fetched, rest, most } = shelfOf()
  for (const key of 'abcdefgh') shelf.image(key)
  await rest()
  expect([most(), fetched.slice(4)]).toEqual([4, ['h', 'g', 'f', 'e']])
})

test('B436: without a connection it is tried again, later and later; what is not there is given up', async () => {
  const lost = (): PictureError => new PictureError('offline')
  const { shelf, clock, fetched, changed, rest } = shelfOf({
    fails: [lost(), lost(), lost(), lost(), lost()],
  })
  shelf.image('a')
  for (const ms of [1000, 3000, 10_000, 30_000]) {
    await rest()
    expect(changed).toEqual([])
    clock.advance(ms)
  }
  await rest()
  expect([fetched.length, changed, shelf.state('a')]).toEqual([5, ['a'], 'gone'])
  shelf.retry()
  await rest()
  expect(shelf.state('a')).toBe('ready')
  const gone = shelfOf({ fails: [new PictureError('gone'), new Error('no picture')] })
  gone.shelf.image('x')
  gone.shelf.image('y')
  await gone.rest()
  expect([gone.shelf.state('x'), gone.shelf.state('y'), gone.clock.waiting]).toEqual(['gone', 'gone', 0])
})

test('B436: beyond the budget those go that were not seen for a while; those on the screen stay', async () => {
  const { shelf, clock, closed, rest } = shelfOf({ budget: 800 })
  for (const key of 'abc') shelf.image(key)
  await rest()
  expect(closed).toEqual([])
  clock.advance(6000)
  shelf.image('d')
  await rest()
  expect(closed).toHaveLength(2)
  expect(shelf.state('d')).toBe('ready')
  shelf.destroy()
  expect(closed).toHaveLength(4)
})

test('B436: what this page sent itself is not fetched', async () => {
  const { shelf, fetched, rest } = shelfOf()
  shelf.put('own', new Blob(['own']))
  await rest()
  expect([fetched, shelf.image('own')]).toMatchObject([[], { key: 'own' }])
})

test('B435: what is too large or of another kind is drawn anew, the rest is sent as it is', () => {
  const small = { width: 800, height: 600 }
  const large = { width: 8192, height: 2048 }
  const file = (type: string, size = 1000) => ({ type, size })
  expect(plan(file('image/png'), small)).toEqual({ scale: 1, redraw: false })
  expect(plan(file('image/jpeg'), large)).toEqual({ scale: LONGEST / 8192, redraw: true })
  expect(plan(file('image/avif'), small)).toEqual({ scale: 1, redraw: true })
  expect(plan(file('image/png', MAX_ASSET_BYTES), small).redraw).toBe(true)
  expect(plan(file('image/gif', 9_000_000), large)).toEqual({ scale: 1, redraw: false })
  expect(plan(file('image/gif', MAX_ASSET_BYTES + 1), small).redraw).toBe(true)
})

test('B431: what the server says is read with care', () => {
  const answer = { key: 'k'.repeat(43), type: 'image/png', width: 3, height: 2, bytes: 100 }
  expect(readKept(answer)).toEqual({
    key: answer.key,
    asset: { mime: 'image/png', width: 3, height: 2, bytes: 100 },
  })
  for (const wrong of [
    null,
    {},
    { ...answer, key: '../x' },
    { ...answer, type: 'text/html' },
    { ...answer, width: 0 },
  ])
    expect(readKept(wrong)).toBeNull()
})

test('B437: pictures are found on the board they were last seen on, and only on our own', () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  const asset = 'k'.repeat(43)
  const [one, two] = ['https://a.example/p/one/board', 'https://a.example/p/two/board'].map((here) =>
    createSeenPictures(storage, here),
  )
  one?.note(asset)
  expect([one?.find(asset), two?.find(asset)]).toEqual([null, 'https://a.example/p/one/board'])
  expect(createSeenPictures(storage, 'https://b.example/p/x/board').find(asset)).toBeNull()
  kept.set('inkpad.pictures', '[["../..","x"],5]')
  expect(two?.find('../..')).toBeNull()
  expect(createSeenPictures(null, 'https://a.example/').find(asset)).toBeNull()
  for (let i = 0; i < 400; i++) one?.note(String(i).padStart(43, 'k'))
  expect(JSON.parse(kept.get('inkpad.pictures') ?? '')).toHaveLength(300)
})
