/** The last lines of the log, as they come. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { LogLine } from '../../shared/admin.ts'
import { Button } from '../ui/button.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { fullTime, machineTime, timeOfDay } from './format.ts'
import type { House } from './house.ts'
import { LINES } from './live.ts'
import { Chip, Nothing, RoomHead, SearchField, Trouble, WaitingRows } from './parts.tsx'
import { useRemote } from './remote.ts'
import { place, refine } from './route.ts'
import { say } from './words.ts'

type Level = 'all' | 'warn' | 'error'

/** Px from the end within which one is taken to read the newest lines. */
const NEAR = 40

/** The room of the log. */
export function LogRoom({ house: { api, live } }: { house: House }): JSX.Element {
  const { query } = place.value
  const level: Level = query['level'] === 'warn' || query['level'] === 'error' ? query['level'] : 'all'
  const search = (query['search'] ?? '').trim().toLowerCase()
  const on = live.on.value
  // What was missed while there was no connection is asked for.
  const first = useRemote(String(on), () =>
    api.get<{ lines: readonly LogLine[] }>('api/log', { after: live.lines.peek().at(-1)?.id ?? 0 }),
  )
  useEffect(() => {
    if (first.value) live.takeLines(first.value.lines)
  }, [first.value])
  const paused = useSignal<readonly LogLine[] | null>(null)
  const all = paused.value ?? live.lines.value
  const lines = all.filter((line) => fits(line, level, search))
  return (
    <section class="view log">
      <RoomHead
        title={say('log.title')}
        chip={
          on && paused.value === null ? (
            <Chip tone="ok" dot>
              {say('log.live')}
            </Chip>
          ) : (
            <Chip>{paused.value === null ? say('log.notLive') : say('log.paused')}</Chip>
          )
        }
      >
        <div class="bare-field">
          <Segmented<Level>
            label={say('log.levels')}
            value={level}
            options={[
              { value: 'all', label: say('log.all') },
              { value: 'warn', label: say('log.warnings') },
              { value: 'error', label: say('log.errors') },
            ]}
            onChange={(next) => refine({ level: next === 'all' ? '' : next })}
          />
        </div>
        <SearchField
          label={say('log.search')}
          value={query['search'] ?? ''}
          onInput={(value) => refine({ search: value })}
        />
        <Button onClick={() => (paused.value = paused.value === null ? live.lines.value : null)}>
          {paused.value === null ? say('log.pause') : say('log.goOn')}
        </Button>
      </RoomHead>
      <Trouble problem={first.problem} again={first.again} />
      <div class="card log-card">
        {all.length === 0 && first.value === null && first.problem === null && <WaitingRows />}
        {lines.length === 0 && first.value !== null && (
          <Nothing>{say(all.length === 0 ? 'log.empty' : 'log.none')}</Nothing>
        )}
        {lines.length > 0 && <Lines lines={lines} />}
      </div>
      <p class="hint">{say('log.hint', { n: LINES })}</p>
    </section>
  )
}

const RANK = { debug: 0, info: 1, warn: 2, error: 3 } as const

function fits({ level, message, facts }: LogLine, wanted: Level, search: string): boolean {
  const from = wanted === 'all' ? 0 : RANK[wanted]
  return RANK[level] >= from && `${message}\n${facts}`.toLowerCase().includes(search)
}

function Lines({ lines }: { lines: readonly LogLine[] }): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  useLayoutEffect(() => {
    if (atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [lines.at(-1)?.id, lines.length])
  return (
    <div
      ref={box}
      class="log-lines"
      tabIndex={0}
      role="log"
      aria-live="off"
      aria-label={say('log.title')}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR
      }}
    >
      {lines.map(({ id, time, level, message, facts }) => (
        <div key={id} class={`log-line ${level}`}>
          <time dateTime={machineTime(time)} title={fullTime(time)}>
            {timeOfDay(time, true)}
          </time>
          <span class="level">{say(`log.${level}`)}</span>
          <span class="words" lang="en" dir="ltr">
            {message}
            {facts !== '' && <code>{facts}</code>}
          </span>
        </div>
      ))}
    </div>
  )
}
