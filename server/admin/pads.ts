/** The administrator's pads: lists, deleting, packing (docs/SPEC-admin.md A20 to A22). */
import type { AdminAuthor, AdminPads, PadFilter } from '../../shared/admin.ts'
import { readRule } from '../../shared/rule.ts'
import type { RuleView } from '../../shared/rule.ts'
import type { People } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { Log } from '../log.ts'
import { removePad } from '../pads/deletion.ts'
import type { Rules } from '../pads/rules.ts'
import { packOldRows } from '../store/maintenance.ts'
import type { PadQuery, Store } from '../store/store.ts'
import type { Sync } from '../sync/types.ts'
import { choiceIn, flagIn, textIn, wholeIn } from './input.ts'

const DAY = 24 * 60 * 60_000
const RECENT = 7 * DAY
const STALE = 365 * DAY
/** Pads deleted by one request. */
const MOST = 100
/** Pads of a page. */
const PAGE = 50

const FILTERS = ['all', 'active', 'recent', 'empty', 'stale'] as const satisfies readonly PadFilter[]
const ORDERS = ['name', 'edited', 'versions', 'bytes'] as const satisfies readonly PadQuery['order'][]

export interface AdminPadsRoom {
  page(query: Record<string, unknown>): Promise<AdminPads>
  /** Deletes pads; gives how many there were. @throws AppError `badRequest` */
  remove(names: unknown): Promise<number>
  /** Who may open a pad. @throws AppError `notFound` */
  rule(name: unknown): Promise<RuleView>
  /** Sets it, but for a new password or link. @throws AppError `badRequest`, `notFound` */
  setRule(name: unknown, rule: unknown, by: string): Promise<RuleView>
  /** Packs old rows of a pad; gives how many. @throws AppError `notFound` */
  compact(name: unknown): Promise<number>
}

export function adminPads({
  store,
  sync,
  people,
  rules,
  log,
}: {
  store: Store
  sync: Pick<Sync, 'here' | 'facts' | 'remove'>
  people: Pick<People, 'people'>
  rules: Pick<Rules, 'view' | 'set'>
  log: Log
}): AdminPadsRoom {
  const existing = async (name: unknown): Promise<string> => {
    if (typeof name !== 'string' || (await store.find(`p/${name}`)) === null)
      throw new AppError('notFound', 'There is no such pad.')
    return name
  }
  const condition = (filter: PadFilter): Partial<PadQuery> => {
    if (filter === 'recent') return { editedAfter: Date.now() - RECENT }
    if (filter === 'stale') return { editedBefore: Date.now() - STALE }
    if (filter === 'empty') return { empty: true }
    if (filter !== 'active') return {}
    const open = [...sync.here().keys()].filter((name) => name.startsWith('p/'))
    return { among: open.map((name) => name.slice(2)) }
  }
  return {
    async page(query) {
      const size = wholeIn(query, 'size', 1, 200, PAGE)
      const { pads, total } = await store.padPage({
        search: textIn(query, 'search', 200, ''),
        order: choiceIn(query, 'order', ORDERS, 'edited'),
        descending: flagIn(query, 'descending', true),
        ...condition(choiceIn(query, 'filter', FILTERS, 'all')),
        offset: wholeIn(query, 'page', 0, 1_000_000, 0) * size,
        limit: size,
      })
      const known = new Map<string, AdminAuthor>()
      for (const { author, name, colour } of await people.people([
        ...new Set(pads.flatMap(({ authors }) => authors)),
      ]))
        known.set(author, { id: author, name, colour })
      const here = sync.here()
      return {
        total,
        pads: pads.map(({ authors, ...pad }) => ({
          ...pad,
          // An open pad is known better than the list, which is some seconds old.
          versions: Math.max(pad.versions, sync.facts(`p/${pad.name}`)?.versions ?? 0),
          here: here.get(`p/${pad.name}`) ?? 0,
          authors: authors.flatMap((author) => known.get(author) ?? []),
        })),
      }
    },
    async remove(names) {
      if (!Array.isArray(names) || names.length === 0 || names.length > MOST)
        throw new AppError('badRequest', `Name 1 to ${MOST} pads to delete.`)
      let removed = 0
      for (const name of names) {
        if (typeof name !== 'string') throw new AppError('badRequest', 'A name of a pad is a text.')
        if (await removePad(sync, name)) removed += 1
        log.info('the administrator deleted a pad', { pad: name })
      }
      return removed
    },
    rule: async (name) => rules.view(await existing(name), null, { whole: true, readLink: false }),
    async setRule(name, given, by) {
      const rule = readRule(given)
      if (rule === null) throw new AppError('badRequest', 'This says nothing about who may open a pad.')
      const pad = await existing(name)
      await rules.set(pad, { rule, password: null, newLink: false }, by)
      return rules.view(pad, null, { whole: true, readLink: false })
    },
    async compact(name) {
      const found = typeof name === 'string' ? await store.find(`p/${name}`) : null
      if (found === null) throw new AppError('notFound', 'There is no such pad.')
      return packOldRows(store, found.id, Date.now())
    },
  }
}
