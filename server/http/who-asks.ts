/** Who stands behind a request that a script of ours makes: by cookie, or by the ticket of a browser that keeps none. */
import type { Request, Response } from 'express'
import type { Person } from '../../shared/protocol.ts'
import type { People } from '../access/types.ts'
import type { Guests } from './guests.ts'

/** The ticket of a browser that keeps no cookies, as its socket says it in the hello. */
export const TICKET_HEADER = 'X-Inkpad-Ticket'

export interface AskerParts {
  people: Pick<People, 'identify'>
  guests: Pick<Guests, 'known' | 'member'>
}

/** The person; null for nobody who is known. */
export async function whoAsks(
  { people, guests }: AskerParts,
  request: Request,
  response: Response,
): Promise<Person | null> {
  const member = await guests.member(request)
  if (member !== null) return member
  const ticket = request.get(TICKET_HEADER)
  const proved = ticket === undefined ? null : await people.identify({ ticket: ticket.slice(0, 1000) })
  return proved ?? guests.known(request, response)
}
