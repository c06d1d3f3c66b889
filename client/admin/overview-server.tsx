import type { ComponentChildren, JSX } from 'preact'
import type { Overview, Vitals } from '../../shared/admin.ts'
import { Icon } from '../ui/icon.tsx'
import { bytes, figure, milliseconds, share } from './format.ts'
import { FAILED } from './icons.ts'
import { say } from './words.ts'

/** What the server is made of and how much of it is used. */
export function ServerCard({
  overview,
  now,
}: {
  overview: Overview | null
  now: Vitals | null
}): JSX.Element {
  const store = overview?.store
  const people = (now?.webSockets ?? 0) + (now?.polling ?? 0)
  return (
    <article class="card block">
      <h2>{say('server.title')}</h2>
      <dl class="parts">
        <Part name={store ? (store.kind === 'mariadb' ? 'MariaDB' : 'SQLite') : say('server.store')}>
          {!store ? (
            '–'
          ) : store.ping === null ? (
            <span class="state bad">
              <Icon name={FAILED} class="small" />
              {say('server.noAnswer')}
            </span>
          ) : (
            <span class="state">
              <Icon name="done" class="small" />
              {milliseconds(store.ping)}
            </span>
          )}
        </Part>
        {overview && overview.bus.state !== 'none' && (
          <Part name={say('bus.title')}>
            <Bus bus={overview.bus} />
          </Part>
        )}
        <Part name={say('server.carriers')} part={people === 0 ? 0 : (now?.webSockets ?? 0) / people}>
          {now ? say('server.both', { a: figure(now.webSockets), b: figure(now.polling) }) : '–'}
        </Part>
        <Part
          name={say('server.memory')}
          part={now && overview ? now.memory / overview.memoryLimit : 0}
          warns
        >
          {now && overview
            ? say('server.of', { part: bytes(now.memory), all: bytes(overview.memoryLimit) })
            : '–'}
        </Part>
        <Part name={say('server.processor')} part={now?.processor ?? 0} warns>
          {now ? share(now.processor) : '–'}
        </Part>
        <Part name={say('server.late')} part={(now?.late ?? 0) / 100} warns>
          {now ? milliseconds(now.late) : '–'}
        </Part>
        <Part name={say('server.version')}>
          {overview ? `${overview.version} · Node ${overview.node.replace(/^v/, '')}` : '–'}
        </Part>
      </dl>
    </article>
  )
}

/** How several servers are connected. */
function Bus({ bus: { state, servers, delay } }: { bus: Overview['bus'] }): JSX.Element {
  if (state === 'down' || delay === null)
    return (
      <span class="state bad">
        <Icon name={FAILED} class="small" />
        {say('server.noAnswer')}
      </span>
    )
  return (
    <span class={state === 'slow' ? 'state bad' : 'state'}>
      <Icon name={state === 'slow' ? FAILED : 'done'} class="small" />
      {servers === 0
        ? say('bus.alone', { delay: milliseconds(delay) })
        : say('bus.servers', { n: servers, shown: figure(servers), delay: milliseconds(delay) })}
    </span>
  )
}

function Part({
  name,
  part,
  warns = false,
  children,
}: {
  name: string
  /** How much of it is used, 0 to 1; left out where there is no whole. */
  part?: number
  /** Nearly all of it is too much. */
  warns?: boolean
  children: ComponentChildren
}): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
      {part !== undefined && (
        <dd class="progress" aria-hidden="true">
          <span
            class={warns && part > 0.9 ? 'much' : ''}
            style={{ inlineSize: `${Math.round(Math.min(1, Math.max(0, part)) * 100)}%` }}
          />
        </dd>
      )}
    </div>
  )
}
