/** The one file of a form (`multipart/form-data`, field `file`), read with a limit (SPEC-formats F74). */
import type { Request } from 'express'
import { Refusal } from '../formats/read/refusal.ts'

/** Bytes of a form beside its file. */
const SLACK = 64 * 1024
/** Ms for all of it. */
const PATIENCE = 120_000

/** @throws Refusal for what is no such form, and for too much */
export async function uploadedFile(
  request: Request,
  most: number,
): Promise<{ bytes: Uint8Array; name: string }> {
  const type = request.get('Content-Type') ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type)) throw new Refusal('unknown', 'no form with a file')
  const body = await bodyOf(request, most + SLACK)
  let file: FormDataEntryValue | null
  try {
    const form = await new Response(body, { headers: { 'Content-Type': type } }).formData()
    file = form.get('file')
  } catch {
    throw new Refusal('damaged', 'the form cannot be read')
  }
  if (file === null || typeof file === 'string') throw new Refusal('unknown', 'no file in the form')
  if (file.size > most) throw new Refusal('tooLarge')
  return { bytes: new Uint8Array(await file.arrayBuffer()), name: file.name.slice(0, 255) }
}

function bodyOf(request: Request, most: number): Promise<Buffer<ArrayBuffer>> {
  if (Number(request.get('Content-Length') ?? 0) > most) return Promise.reject(new Refusal('tooLarge'))
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let length = 0
    const timer = setTimeout(
      () => end(() => reject(new Refusal('damaged', 'the file did not come'))),
      PATIENCE,
    )
    const end = (settle: () => void): void => {
      clearTimeout(timer)
      request.off('data', onData).off('end', onEnd).off('error', onError).off('close', onError)
      settle()
    }
    const onData = (part: Buffer): void => {
      length += part.length
      if (length > most) end(() => reject(new Refusal('tooLarge')))
      else parts.push(part)
    }
    const onEnd = (): void => end(() => resolve(Buffer.concat(parts)))
    const onError = (): void => end(() => reject(new Refusal('damaged', 'the file did not come')))
    request.on('data', onData).on('end', onEnd).on('error', onError).on('close', onError)
  })
}
