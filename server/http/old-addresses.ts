/** Where other whiteboards had their boards: links to those lead to ours (WBO's `/boards/NAME` and its pictures, Etherdraw's `/d/NAME`). */
import { Router } from 'express'
import type { Request, Response } from 'express'
import { cleanPadName, isPadName, isStandIn } from '../../shared/ids.ts'
import { rawQuery } from './canonical.ts'

/** What WBO calls its common board. */
const COMMON = 'anonymous'

/** The routes; all are redirects relative to the address that was asked for. */
export function oldAddresses(): Router {
  const router = Router({ strict: true, caseSensitive: true })
  router.get('/boards', (request, response) => {
    const { board } = request.query
    go(response, `p/${named(typeof board === 'string' && board !== '' ? board : COMMON)}/board`)
  })
  // WBO's pictures of boards.
  for (const path of ['/preview/:board', '/export/:board', '/download/:board', '/boards/:board.svg'])
    router.get(path, (request: Request<{ board: string }>, response) => {
      go(response, `../p/${named(request.params.board)}/board/export/svg`)
    })
  for (const path of ['/boards/:board', '/d/:board'])
    router.get(path, (request: Request<{ board: string }>, response) => {
      const query = rawQuery(request.originalUrl)
      go(response, `../p/${named(request.params.board)}/board${query}`)
    })
  return router
}

/**
 * The pad's name that a board's name stood for: a plugin of Etherpad's wrote characters as `~CODE~`. What is no pad's
 * name stays as it is, so that the page says so.
 */
export function named(board: string): string {
  const plain = board.replaceAll(/~(\d{1,5})~/g, (whole, code: string) =>
    Number(code) <= 0xffff ? String.fromCharCode(Number(code)) : whole,
  )
  // Half a pair of units is no letter, and cannot stand in an address.
  if (/\p{Surrogate}/u.test(plain)) return encodeURIComponent(board.replaceAll(/\p{Surrogate}/gu, ''))
  const clean = isStandIn(plain) ? plain : cleanPadName(plain)
  return encodeURIComponent(isPadName(clean) || isStandIn(clean) ? clean : board)
}

function go(response: Response, to: string): void {
  response.status(302).set({ Location: to, 'Cache-Control': 'no-store' }).end()
}
