/** The bytes of a request, read with a limit. */
import type { Request } from 'express'
import { AppError } from '../errors.ts'

/** Ms for all of it. */
const PATIENCE = 60_000

/**
 * `tooLarge` is thrown where it is more than `most`; `cutOff` is said where it does not arrive whole, or in time.
 * @throws AppError `badRequest`
 */
export async function bodyOf(
  request: Request,
  most: number,
  { tooLarge, cutOff }: { tooLarge: () => AppError; cutOff: string },
): Promise<Uint8Array> {
  if (Number(request.get('Content-Length') ?? 0) > most) throw tooLarge()
  const chunks: Buffer[] = []
  let length = 0
  const late = setTimeout(() => request.destroy(), PATIENCE)
  try {
    for await (const chunk of request) {
      const bytes = Buffer.from(chunk as Uint8Array)
      length += bytes.length
      if (length > most) throw tooLarge()
      chunks.push(bytes)
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('badRequest', cutOff, { cause: error })
  } finally {
    clearTimeout(late)
  }
  return Buffer.concat(chunks)
}
