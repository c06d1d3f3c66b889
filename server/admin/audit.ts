/** What happened, for the administrator's page: a part of it, and all of it as a file (docs/SPEC-access.md AU6). */
import { Router } from 'express'
import type { Request } from 'express'
import { isAuditKind } from '../audit/audit.ts'
import type { Audit } from '../audit/audit.ts'
import { AppError } from '../errors.ts'
import type { AuditQuery } from '../store/audit-store.ts'
import { textIn, wholeIn } from './input.ts'

const PAGE = 50
/** Entries read at once for a file. */
const AT_ONCE = 1000

export function auditRoutes(audit: Pick<Audit, 'page'>): Router {
  const router = Router({ strict: true, caseSensitive: true })
  router.get('/audit', async (request, response) => {
    const query = queryOf(request.query)
    // One more tells whether there are more.
    const lines = await audit.page({ ...query, limit: query.limit + 1 })
    response.json({ lines: lines.slice(0, query.limit), more: lines.length > query.limit })
  })
  router.get('/audit.jsonl', async (request, response) => {
    let query = { ...queryOf(request.query), limit: AT_ONCE }
    let lines = await audit.page(query)
    response.set({
      'Content-Type': 'application/x-ndjson; charset=utf-8',
      'Content-Disposition': `attachment; filename="audit-${new Date().toISOString().slice(0, 10)}.jsonl"`,
    })
    while (lines.length > 0 && !response.destroyed) {
      const text = lines.map(
        ({ facts, ...line }) => `${JSON.stringify({ ...line, ...timed(line.time), facts: parsed(facts) })}\n`,
      )
      if (!response.write(text.join(''))) await drained(request, response)
      const last = lines.at(-1)
      if (lines.length < AT_ONCE || last === undefined) break
      query = { ...query, before: last.number }
      lines = await audit.page(query)
    }
    response.end()
  })
  return router
}

function queryOf(query: Request['query']): AuditQuery {
  const kinds = textIn(query, 'kinds', 200, '')
    .split(',')
    .filter((kind) => kind !== '')
  if (!kinds.every(isAuditKind)) throw new AppError('badRequest', 'kinds must be kinds of what is recorded.')
  return {
    kinds,
    search: textIn(query, 'search', 200, ''),
    since: wholeIn(query, 'since', 0, Number.MAX_SAFE_INTEGER, 0),
    before: wholeIn(query, 'before', 0, Number.MAX_SAFE_INTEGER, 0),
    limit: wholeIn(query, 'size', 1, 200, PAGE),
  }
}

function timed(time: number): { time: string } {
  return { time: new Date(time).toISOString() }
}

function parsed(facts: string): unknown {
  return JSON.parse(facts)
}

/** Resolves when more can be written, or nobody reads any more. */
async function drained(request: Request, response: NodeJS.WritableStream): Promise<void> {
  await new Promise<void>((resolve) => {
    response.once('drain', resolve)
    request.once('close', resolve)
  })
}
