/** Which paths are answered at all: those that mean one thing to us, to a proxy and to a browser. */
import type { RequestHandler } from 'express'
import { AppError } from '../errors.ts'

/**
 * Is this raw path written in the one way we answer? No empty or dot segments, no encoded slash, backslash or NUL,
 * no broken percent signs: each of those can lead a proxy and us to different pads.
 */
export function isCanonicalPath(path: string): boolean {
  if (!path.startsWith('/') || path.includes('//')) return false
  if (/[\\\p{Cc} ]|%(00|2f|5c)/iu.test(path)) return false
  try {
    return path.split('/').every((segment) => !['.', '..'].includes(decodeURIComponent(segment)))
  } catch {
    return false
  }
}

/** The path of a request's URL, as it came. */
export function rawPath(url: string): string {
  const end = url.search(/[?#]/)
  return end < 0 ? url : url.slice(0, end)
}

/** The query of a request's URL with its `?`, or an empty text. */
export function rawQuery(url: string): string {
  const at = url.indexOf('?')
  return at < 0 ? '' : url.slice(at)
}

/** How a page at this path reaches our root: `''` from `/`, `'../'` from `/p/NAME`. */
export function wayUp(path: string): string {
  return '../'.repeat(Math.max(0, path.split('/').length - 2))
}

/** Refuses other paths. */
export const onlyCanonical: RequestHandler = (request, _response, next) => {
  if (isCanonicalPath(rawPath(request.originalUrl))) next()
  else next(new AppError('badRequest', 'This address is not well formed.'))
}
