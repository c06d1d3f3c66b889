/** The administrator's list of authors, and forgetting one (docs/SPEC-admin.md A30, A31). */
import type { AdminPerson } from '../../shared/admin.ts'
import { isAuthorId } from '../../shared/ids.ts'
import type { People } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { Sync } from '../sync/types.ts'
import { choiceIn, flagIn, textIn, wholeIn } from './input.ts'

/** Pads named with an author. */
const PADS = 100
const PAGE = 50

export interface AdminPeopleRoom {
  page(query: Record<string, unknown>): Promise<{ people: readonly AdminPerson[]; total: number }>
  pads(author: string): Promise<readonly string[]>
  /** Forgets name, colour and what proved the author. @throws AppError `forbidden`, `notFound` */
  erase(author: string): Promise<void>
}

export function adminPeople(parts: {
  store: Store
  sync: Pick<Sync, 'personChanged' | 'authorsHere'>
  people: Pick<People, 'people' | 'forget'>
  log: Log
  /** The setting `gdprAuthorErasure.enabled`. */
  mayErase: boolean
}): AdminPeopleRoom {
  const { store, sync, people, log, mayErase } = parts
  return {
    async page(query) {
      const size = wholeIn(query, 'size', 1, 200, PAGE)
      const { authors, total } = await store.authorPage({
        search: textIn(query, 'search', 200, ''),
        order: choiceIn(query, 'order', ['seen', 'name'], 'seen'),
        descending: flagIn(query, 'descending', true),
        offset: wholeIn(query, 'page', 0, 1_000_000, 0) * size,
        limit: size,
      })
      const known = await people.people(authors.map(({ id }) => id))
      const here = sync.authorsHere()
      return {
        total,
        people: authors.map(({ id, name, seen }, index) => ({
          id,
          name,
          colour: known[index]?.colour ?? '1',
          seen,
          here: here.has(id),
        })),
      }
    },
    pads: (author) => store.padsOfAuthor(author, PADS),
    async erase(author) {
      if (!mayErase)
        throw new AppError(
          'forbidden',
          'Erasing is off. Set gdprAuthorErasure.enabled to true in the settings to allow it.',
        )
      const stranger = isAuthorId(author) ? await people.forget(author) : null
      if (stranger === null) throw new AppError('notFound', 'Nothing is known of this author.')
      sync.personChanged(stranger)
      log.info('the administrator erased what was known of an author', { author })
    },
  }
}
