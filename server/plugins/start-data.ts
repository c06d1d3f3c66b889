/** What server halves give to a page at its start: a second at most, 16 kB of JSON at most. */
import type { Person } from '../../shared/protocol.ts'
import type { StartGiver } from './registrations.ts'

const PATIENCE = 1000
const LIMIT = 16 * 1024

/**
 * Asks one plugin, the giver it registered last; undefined for nothing.
 * @throws what the giver throws, and RangeError for too much
 */
export async function startDataOf(
  givers: ReadonlySet<StartGiver>,
  pad: string,
  person: Person | null,
  late: () => void,
): Promise<unknown> {
  const give = [...givers].at(-1)
  if (give === undefined) return undefined
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      late()
      resolve(undefined)
    }, PATIENCE)
  })
  try {
    const data = await Promise.race([Promise.resolve(give(pad, person)), over])
    const text = data === undefined ? undefined : JSON.stringify(data)
    if (text === undefined) return undefined
    if (Buffer.byteLength(text) > LIMIT) throw new RangeError(`its start data has more than ${LIMIT} bytes`)
    return JSON.parse(text) as unknown
  } finally {
    clearTimeout(timer)
  }
}
