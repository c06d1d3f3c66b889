/** People and permissions for tests: honest, small, in memory. */
import { randomBytes } from 'node:crypto'
import type { Level } from '../../shared/access.ts'
import { isReadOnlyId } from '../../shared/ids.ts'
import type { Person } from '../../shared/protocol.ts'
import type { Access, People } from '../../server/access/types.ts'
import { AppError } from '../../server/errors.ts'

/** People known by the cookie `token=...` or the ticket with the same value. */
export class TestPeople implements People {
  readonly #people = new Map<string, Person>()
  readonly #tokens = new Map<string, string>()

  /** Adds somebody; gives their token. */
  add(name: string, colour = '3'): { person: Person; token: string; cookie: string } {
    const person = { author: `a.${randomBytes(8).toString('hex')}`, name, colour }
    const token = randomBytes(8).toString('hex')
    this.#people.set(person.author, person)
    this.#tokens.set(token, person.author)
    return { person, token, cookie: `token=${token}` }
  }

  async identify(credentials: { cookie?: string; ticket?: string }): Promise<Person | null> {
    const cookie = /(?:^|; )token=([^;]*)/.exec(credentials.cookie ?? '')?.[1]
    const author = this.#tokens.get(credentials.ticket ?? '') ?? this.#tokens.get(cookie ?? '')
    return this.#people.get(author ?? '') ?? null
  }

  async sessionOf(): Promise<null> {
    return null
  }

  async member(): Promise<Person | null> {
    return null
  }

  async createGuest(): Promise<{ person: Person; token: string }> {
    return this.add('')
  }

  async update(author: string, name: string, colour: string): Promise<Person> {
    const person = { author, name, colour }
    this.#people.set(author, person)
    return person
  }

  async forget(author: string): Promise<Person | null> {
    if (!this.#people.delete(author)) return null
    this.unbind(author)
    return { author, name: '', colour: '5' }
  }

  unbind(author: string): void {
    for (const [token, owner] of this.#tokens) if (owner === author) this.#tokens.delete(token)
  }

  async people(authors: readonly string[]): Promise<readonly Person[]> {
    return authors.map((author) => this.#people.get(author) ?? { author, name: '', colour: '5' })
  }
}

/** Everybody may write everywhere unless {@link TestAccess.levels} says otherwise. */
export class TestAccess implements Access {
  /** By `pad` or `pad author`. */
  readonly levels = new Map<string, Level>()
  /** Pads behind read-only ids. */
  readonly readOnly = new Map<string, string>()

  async padBehind(name: string): Promise<string | null> {
    return isReadOnlyId(name) ? (this.readOnly.get(name) ?? null) : name
  }

  async enter(name: string, person: Person | null): Promise<{ pad: string; shown: string; level: Level }> {
    if (isReadOnlyId(name)) {
      const pad = this.readOnly.get(name)
      if (pad === undefined) throw new AppError('notFound', 'no such pad')
      return { pad, shown: name, level: 'read' }
    }
    const level = this.levels.get(`${name} ${person?.author ?? ''}`) ?? this.levels.get(name) ?? 'write'
    if (level === 'none') throw new AppError('forbidden', 'not for you')
    return { pad: name, shown: name, level }
  }
}
