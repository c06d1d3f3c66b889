/** What happened: who signed in, exported, deleted, changed rights; by kind, time and name, and as a file. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { AUDIT_KINDS } from '../../shared/audit.ts'
import type { AuditKind, AuditLine } from '../../shared/audit.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import type { Api } from './api.ts'
import { factWords, isKind } from './audit-words.ts'
import { when } from './format.ts'
import type { House } from './house.ts'
import { useLate } from './late.ts'
import { Chip, Moment, Nothing, RoomHead, SearchField, Trouble, WaitingRows } from './parts.tsx'
import { useRemote } from './remote.ts'
import { place, refine } from './route.ts'
import { say } from './words.ts'

/** Days one may look back, in the order they are offered; 0 for all. */
const SPANS = [0, 1, 7, 30] as const
const DAY = 86_400_000

/** What is looked for, as the server takes it. */
function asked({ kind, days, search }: { kind: string; days: number; search: string }, now: number) {
  return { kinds: kind, search, since: days === 0 ? 0 : now - days * DAY }
}

/** The room of what happened. */
export function AuditRoom({ house: { api } }: { house: House }): JSX.Element {
  const { query } = place.value
  const search = query['search'] ?? ''
  const kind = isKind(query['kind'] ?? '') ? (query['kind'] ?? '') : ''
  const days = SPANS.find((span) => String(span) === query['days']) ?? 0
  const wish = { kind, days, search }
  const key = useLate(JSON.stringify(wish), search)
  // Another question is another list, which begins anew.
  return (
    <section class="view audit">
      <RoomHead title={say('audit.title')}>
        <Chooser
          label={say('audit.kind')}
          value={kind}
          options={['', ...AUDIT_KINDS].map((one) => ({
            value: one,
            label: one === '' ? say('audit.allKinds') : say(`audit.kind.${one as AuditKind}`),
          }))}
          onChange={(value) => refine({ kind: value })}
        />
        <Chooser
          label={say('audit.time')}
          value={String(days)}
          options={SPANS.map((span) => ({ value: String(span), label: say(`audit.days.${span}`) }))}
          onChange={(value) => refine({ days: value === '0' ? '' : value })}
        />
        <SearchField
          label={say('audit.search')}
          value={search}
          onInput={(value) => refine({ search: value })}
        />
        <a class="button secondary" href={fileAddress(asked(wish, Date.now()))} download>
          {say('audit.file')}
        </a>
      </RoomHead>
      <Lines key={key} api={api} wish={wish} />
      <p class="hint">{say('audit.hint')}</p>
    </section>
  )
}

function Lines({
  api,
  wish,
}: {
  api: Api
  wish: { kind: string; days: number; search: string }
}): JSX.Element {
  const older = useSignal<readonly AuditLine[]>([])
  const more = useSignal<boolean | null>(null)
  const ask = (before: number) =>
    api.get<{ lines: readonly AuditLine[]; more: boolean }>('api/audit', {
      ...asked(wish, Date.now()),
      before,
    })
  const first = useRemote('first', () => ask(0))
  const lines = [...(first.value?.lines ?? []), ...older.value]
  const last = lines.at(-1)?.number ?? 0
  const next = useRemote('next', async () => {
    if (last === 0) return
    const page = await ask(last)
    older.value = [...older.value, ...page.lines]
    more.value = page.more
  })
  return (
    <>
      <Trouble problem={first.problem ?? next.problem} again={first.problem ? first.again : next.again} />
      <div class="card records-card" aria-busy={first.busy || next.busy}>
        {first.value === null && first.problem === null && <WaitingRows count={8} />}
        {first.value && lines.length === 0 && (
          <Nothing>
            {say(
              wish.kind === '' && wish.days === 0 && wish.search === '' ? 'audit.none' : 'audit.noneFound',
            )}
          </Nothing>
        )}
        {lines.length > 0 && (
          <table class="records cards-on-phone" role="table">
            <caption class="unseen">{say('audit.title')}</caption>
            <thead role="rowgroup">
              <tr role="row">
                {(['time', 'what', 'who', 'target', 'address'] as const).map((column) => (
                  <th scope="col" role="columnheader" key={column}>
                    {say(`audit.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {lines.map((line) => (
                <Line key={line.number} line={line} />
              ))}
            </tbody>
          </table>
        )}
        {(more.value ?? first.value?.more) === true && (
          <div class="records-foot">
            <span class="space" />
            <Button size="small" disabled={next.busy} onClick={next.again}>
              {say('audit.older')}
            </Button>
            <span class="space" />
          </div>
        )}
      </div>
    </>
  )
}

function Line({ line: { time, kind, who, id, target, address, facts } }: { line: AuditLine }): JSX.Element {
  const words = factWords(facts)
  return (
    <tr role="row">
      <td role="cell" class="when">
        <Moment time={time} words={when(time)} />
      </td>
      <td role="cell" class="what">
        <Chip tone={kind === 'failed' || kind === 'delete' ? 'warning' : 'plain'}>
          {isKind(kind) ? say(`audit.kind.${kind}`) : kind}
        </Chip>
        {words !== '' && (
          <span class="facts" dir="auto">
            {words}
          </span>
        )}
      </td>
      <td role="cell" class="main">
        <span dir="auto" class={who === '' ? 'nameless' : 'name'} title={id === '' ? undefined : id}>
          {who || (id === '' ? say('audit.nobody') : say('audit.guest'))}
        </span>
      </td>
      <td role="cell" class="target" dir="auto">
        {target}
      </td>
      <td role="cell" class="id">
        <code>{address}</code>
      </td>
    </tr>
  )
}

function Chooser({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
}): JSX.Element {
  return (
    <span class="select chooser">
      <select
        class="input"
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" />
    </span>
  )
}

function fileAddress(query: ReturnType<typeof asked>): string {
  const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))
  return `api/audit.jsonl?${search.toString()}`
}
