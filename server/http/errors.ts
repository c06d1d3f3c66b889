/** What a person sees when something is wrong: a small page, or JSON for scripts. Never a stack trace. */
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { AppError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Look } from '../settings/page.ts'
import { StoreDown } from '../store/store.ts'
import { rawPath, wayUp } from './canonical.ts'
import { plainPage } from './html.ts'
import { languageOf } from './language.ts'
import { pageHeaders } from './security.ts'
import { say, sayError } from './words.ts'

/** The expected failure behind anything that was thrown. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof StoreDown)
    return new AppError('storeDown', 'Please try again in a moment. What was saved is safe.', {
      cause: error,
    })
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : 500
  if (status === 404)
    return new AppError('notFound', 'The address leads to nothing we have.', { cause: error })
  if (status === 413) return new AppError('tooLarge', 'We do not take that much at once.', { cause: error })
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new AppError('badRequest', 'We could not make sense of this request.', { cause: error })
  return new AppError('internal', 'The fault is ours. It has been noted; trying again may help.', {
    cause: error,
  })
}

/** Everything no route answered. */
export const nothingHere: RequestHandler = (_request, _response, next) => {
  next(new AppError('notFound', 'The address leads to nothing we have.'))
}

/** Answers errors. */
export function errorHandler(
  log: Log,
  ancestors: readonly string[],
  title: string,
  look?: Look,
): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const known = asAppError(error)
    // What is not here to make a file with is no fault of the request's, nor of ours.
    if (known.code === 'noFormat') log.info('a file could not be made', { why: known.message })
    else if (known.status >= 500)
      log.error('a request failed', {
        code: known.code,
        method: request.method,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
    if (response.headersSent) {
      next(error)
      return
    }
    // What a failed file or compressed answer had said of itself is not true of this one.
    for (const name of ['Content-Encoding', 'Content-Disposition', 'ETag', 'Last-Modified'])
      response.removeHeader(name)
    response.status(known.status).set('Cache-Control', 'no-store')
    if (['storeDown', 'tooFast', 'busy'].includes(known.code) && !response.hasHeader('Retry-After'))
      response.set('Retry-After', '5')
    if (request.accepts(['html', 'json']) === 'json') {
      response.json({ error: known.code, message: known.message })
      return
    }
    pageHeaders(response, ancestors)
    const lang = languageOf(request, null)
    const { heading, message } = sayError(lang, known)
    const up = wayUp(rawPath(request.originalUrl))
    response.type('html').send(
      plainPage({
        up,
        title: `${heading} · ${title}`,
        lang,
        ...(look === undefined ? {} : { look }),
        heading,
        message,
        home: say(lang, 'page.home'),
      }),
    )
  }
}
