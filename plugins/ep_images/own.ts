/** Bytes of a picture that stands in another pad of this server (SPEC-text I9). */

/** Ms the server has to answer. */
const PATIENCE = 30_000

/** Fetches it as the person whose browser this is, who may read that pad. @throws Error with a `trouble` (SPEC-text I3) */
export async function ownPicture(src: string): Promise<Blob> {
  let answer: Response
  try {
    answer = await fetch(src, { credentials: 'same-origin', signal: AbortSignal.timeout(PATIENCE) })
  } catch {
    throw troubled('offline')
  }
  if (!answer.ok) throw troubled(answer.status >= 500 ? 'offline' : 'away')
  return answer.blob()
}

function troubled(trouble: string): Error {
  return Object.assign(new Error(trouble), { trouble })
}
