/** How long a page waits for its device's store (client/net/README.md C12). */
import { expect, test } from '@jest/globals'
import { IDBFactory } from 'fake-indexeddb'
import { createStores, DATABASE, VERSION } from '../../../client/net/copies.ts'
import { openDatabase } from '../../../client/net/database.ts'
import { createClock } from '../../support/clock.ts'

/** An IndexedDB that answers when it is let. */
function slow(answers: Promise<void>): IDBFactory {
  return new Proxy(new IDBFactory(), {
    get(target, key) {
      if (key !== 'open') return Reflect.get(target, key) as unknown
      return (name: string, version: number) => {
        const request = target.open(name, version)
        const listen = request.addEventListener.bind(request)
        return Object.assign(request, {
          addEventListener: (type: string, heard: (event: Event) => void) =>
            listen(type, type === 'success' ? (event) => void answers.then(() => heard(event)) : heard),
        })
      }
    },
  })
}

test('C12: a store that takes nine seconds to open is waited for, one that never opens is not', async () => {
  const clock = createClock()
  const open = (answers: Promise<void>) =>
    openDatabase(slow(answers), DATABASE, VERSION, createStores, (ms, run) => clock.after(ms, run))
  let answer = (): void => {}
  const late = open(new Promise((resolve) => (answer = resolve)))
  clock.advance(9000)
  answer()
  expect((await late).open).toBe(true)
  const never = open(new Promise(() => {}))
  clock.advance(10_000)
  await expect(never).rejects.toThrow('IndexedDB does not open')
})
