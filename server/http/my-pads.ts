/** `my-pads`: the pads of whoever is signed in, as a page and as what it asks for (SPEC-access L114). */
import express, { Router } from 'express'
import type { Request, Response } from 'express'
import { isPadName } from '../../shared/ids.ts'
import type { MyPadsBoot, MyPadsPage, MyPadsRow } from '../../shared/my-pads.ts'
import type { Person } from '../../shared/protocol.ts'
import { groupKey } from '../access/rule.ts'
import type { Held } from '../access/sessions.ts'
import type { Access, People } from '../access/types.ts'
import type { Audit } from '../audit/audit.ts'
import { AppError } from '../errors.ts'
import { removePad } from '../pads/deletion.ts'
import { lookOf, pageSettings } from '../settings/page.ts'
import type { Settings } from '../settings/schema.ts'
import type { MyPadsQuery } from '../store/grant-store.ts'
import type { Store } from '../store/store.ts'
import { Bucket } from '../sync/limits.ts'
import { originAllowed } from '../sync/origin.ts'
import type { Sync } from '../sync/types.ts'
import type { ClientBuild } from './client-build.ts'
import { escapeHtml, shellPage } from './html.ts'
import { languageOf } from './language.ts'
import { choiceOf } from './login-desk.ts'
import type { LoginDesk } from './login-desk.ts'
import { fieldOf } from './login-forms.ts'
import { pageHeaders } from './security.ts'
import { originRules } from './tickets.ts'
import { say } from './words.ts'

export interface MyPadsParts {
  settings: Settings
  access: Access
  people: Pick<People, 'identify'>
  desk: Pick<LoginDesk, 'holder'>
  client: ClientBuild
  audit: Pick<Audit, 'record'>
  store: Pick<Store, 'myPads'>
  sync: Pick<Sync, 'remove'>
}

/** Pads of one page. */
const PAGE = 50
/** Far enough for anybody who pages by hand. */
const FARTHEST = 1_000_000
const KINDS = ['own', 'shared', 'recent'] as const
const ORDERS = ['name', 'edited', 'seen'] as const
/** Questions a second and at once of everybody: each may read much. */
const RATE = { rate: 20, burst: 100 }

export function myPadsRoutes(parts: MyPadsParts): Router {
  const { settings, client, desk } = parts
  const router = Router({ strict: true, caseSensitive: true })
  const origins = originRules(settings)
  const asked = new Bucket(RATE.rate, RATE.burst, performance.now())

  router.get('/my-pads', async (request, response) => {
    const held = await desk.holder(request)
    if (held === null) {
      response
        .status(302)
        .set({ Location: choiceOf('my-pads', false), 'Cache-Control': 'no-store' })
        .end()
      return
    }
    const files = client.page('mine')
    if (files === null) throw new AppError('notFound', 'The address leads to nothing we have.')
    const lang = languageOf(request, null)
    const boot: MyPadsBoot = {
      title: settings.title,
      name: held.facts.name,
      settings: pageSettings(settings),
    }
    pageHeaders(response, settings.embedding.frameAncestors)
    response.type('html').send(
      shellPage({
        up: '',
        title: settings.title,
        lang,
        files,
        boot,
        content: `<main class="plain">\n<noscript><p>${escapeHtml(say(lang, 'page.noScriptHome'))}</p></noscript>\n</main>`,
        hidden: false,
        look: lookOf(settings),
        meta: ['<meta name="robots" content="noindex">'],
      }),
    )
  })

  router.get('/my-pads/list', async (request, response) => {
    const { held, person } = await whoAsks(request)
    if (!asked.take(1, performance.now()))
      throw new AppError('tooFast', 'Too many new visitors at once; try again in a moment.')
    const found = await parts.store.myPads(queryOf(request, held))
    const pads = await Promise.all(found.pads.map((pad) => rowOf(pad, person)))
    const page: MyPadsPage = { pads, total: found.total, perPage: PAGE }
    send(response, page)
  })

  router.post('/my-pads/delete', express.json({ limit: 4096 }), async (request, response) => {
    if (!originAllowed(request, 'polling', origins))
      throw new AppError('forbidden', 'This is open to our own pages only.')
    const { held, person } = await whoAsks(request)
    const pad = fieldOf(request.body, 'pad')
    if (!isPadName(pad) || (await parts.access.enter(pad, person)).level !== 'own')
      throw new AppError('forbidden', 'You may not see this, or not in this way.')
    const removed = await removePad(parts.sync, pad)
    if (removed)
      parts.audit.record({ kind: 'delete', who: held.facts.name, id: person.author, request, target: pad })
    send(response, { removed })
  })

  async function whoAsks(request: Request): Promise<{ held: Held; person: Person }> {
    const held = await desk.holder(request)
    const { cookie } = request.headers
    const person = held === null || cookie === undefined ? null : await parts.people.identify({ cookie })
    if (held === null || person === null)
      throw new AppError('unauthenticated', 'This opens only for people who are signed in.')
    return { held, person }
  }

  async function rowOf(
    { name, edited, seen }: { name: string; edited: number; seen: number },
    person: Person,
  ): Promise<MyPadsRow> {
    try {
      const { level } = await parts.access.enter(name, person)
      return { name, edited, seen, level }
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'storeDown') throw error
      // What is closed to somebody tells them nothing more.
      return { name, edited: 0, seen, level: 'none' }
    }
  }

  return router
}

function queryOf({ query }: Request, { account, facts }: Held): MyPadsQuery {
  const offset = Number(fieldOf(query, 'offset'))
  return {
    who: [account.author, ...facts.groups.map(groupKey)],
    kind: KINDS.find((kind) => kind === fieldOf(query, 'kind')) ?? 'own',
    search: fieldOf(query, 'search').slice(0, 50),
    order: ORDERS.find((order) => order === fieldOf(query, 'order')) ?? 'edited',
    descending: fieldOf(query, 'descending') === '1',
    offset: Number.isSafeInteger(offset) ? Math.max(0, Math.min(offset, FARTHEST)) : 0,
    limit: PAGE,
  }
}

function send(response: Response, body: object): void {
  response.set('Cache-Control', 'no-store').json(body)
}
