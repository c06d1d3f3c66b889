/** Records files that leave a pad or come into one, in one place for all their routes (docs/SPEC-access.md AU2). */
import type { Request, RequestHandler } from 'express'
import { cleanPadName, isStandIn } from '../../shared/ids.ts'
import type { Access, People } from '../access/types.ts'
import type { Person } from '../../shared/protocol.ts'
import type { Log } from '../log.ts'
import type { Audit } from './audit.ts'

const EXPORT = /^\/p\/([^/]+)\/(?:(\d{1,15})\/)?(board\/)?export\/([^/]+)$/
const IMPORT = /^\/p\/([^/]+)\/(board\/)?import$/

/** Looks at answers of the routes behind it: what succeeded is recorded. */
export function auditFiles(parts: {
  audit: Pick<Audit, 'record'>
  people: Pick<People, 'identify'>
  access: Access
  log: Log
}): RequestHandler {
  const { audit, people, access, log } = parts

  /** The pad behind a link that stands in for its name: such a link is a secret. */
  async function padBehind(name: string, person: Person | null): Promise<string> {
    if (!isStandIn(name)) return name
    try {
      return (await access.enter(name, person)).pad
    } catch {
      return ''
    }
  }

  async function record(request: Request, found: Found): Promise<void> {
    const { cookie } = request.headers
    const person = cookie === undefined ? null : await people.identify({ cookie })
    audit.record({
      ...found,
      target: await padBehind(found.target, person),
      request,
      ...(person === null ? {} : { who: person.name, id: person.author }),
    })
  }

  return (request, response, next) => {
    const found = fileIn(request)
    if (found !== null)
      response.once('finish', () => {
        if (response.statusCode !== 200) return
        record(request, found).catch((error: unknown) =>
          log.warn('a file was not recorded', { error: String(error) }),
        )
      })
    next()
  }
}

interface Found {
  kind: 'export' | 'import'
  target: string
  facts: Record<string, string>
}

function fileIn({ method, path }: Request): Found | null {
  const out = method === 'GET' ? EXPORT.exec(path) : null
  if (out !== null) {
    const [, pad = '', revision, board, type = ''] = out
    const facts = {
      format: type.slice(0, 20),
      ...(revision === undefined ? {} : { revision }),
      ...(board === undefined ? {} : { of: 'board' }),
    }
    return { kind: 'export', target: nameIn(pad), facts }
  }
  const into = method === 'POST' ? IMPORT.exec(path) : null
  if (into === null) return null
  const [, pad = '', board] = into
  return { kind: 'import', target: nameIn(pad), facts: board === undefined ? {} : { of: 'board' } }
}

function nameIn(part: string): string {
  try {
    return cleanPadName(decodeURIComponent(part))
  } catch {
    return ''
  }
}
