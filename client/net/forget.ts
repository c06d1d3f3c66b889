import { createStores, DATABASE, STORES, VERSION } from './copies.ts'
import { openDatabase } from './database.ts'
import type { Environment } from './environment.ts'
import { forgetJournals } from './journal.ts'

/** Removes every copy and every recovered text from this device, for a person who signs out. Never rejects. */
export async function forgetCopies(env: Environment): Promise<void> {
  try {
    forgetJournals(env.storage)
  } catch (error) {
    env.report(error)
  }
  if (env.indexedDB === null) return
  // Pictures that were never sent (client/pictures). It waits until no page has them open.
  env.indexedDB.deleteDatabase('inkpad-pictures')
  try {
    const db = await openDatabase(env.indexedDB, DATABASE, VERSION, createStores, env.after)
    await db.run(STORES, 'readwrite', (w) => {
      for (const name of STORES) w.store(name).clear()
    })
    db.close()
  } catch (error) {
    env.report(error)
  }
}
