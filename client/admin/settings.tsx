/** The settings of the installation: what holds and who decided it, and the file where it may be edited. */
import type { JSX } from 'preact'
import type { AdminSetting } from '../../shared/admin.ts'
import { Segmented } from '../ui/segmented.tsx'
import { figure } from './format.ts'
import type { House } from './house.ts'
import { Chip, Nothing, Notice, RoomHead, SearchField, Trouble, WaitingRows } from './parts.tsx'
import { useRemote } from './remote.ts'
import { place, refine } from './route.ts'
import { SettingsFile } from './settings-file.tsx'
import { say } from './words.ts'

/** What the server tells of the settings. `text` is null where the file may not be edited here. */
export interface SettingsView {
  settings: readonly AdminSetting[]
  file: string
  text: string | null
}

type Tab = 'set' | 'all' | 'file'

/** The room of settings. */
export function SettingsRoom({ house: { api } }: { house: House }): JSX.Element {
  const { query } = place.value
  const view = useRemote('', () => api.get<SettingsView>('api/settings'))
  const tab: Tab = query['tab'] === 'all' || query['tab'] === 'file' ? query['tab'] : 'set'
  const search = query['search'] ?? ''
  const all = view.value?.settings ?? []
  const set = all.filter(({ kind }) => kind !== 'default')
  return (
    <section class="view settings">
      <RoomHead title={say('settings.title')}>
        <div class="bare-field">
          <Segmented<Tab>
            label={say('settings.which')}
            value={tab}
            options={[
              { value: 'set', label: say('settings.tabSet', { n: figure(set.length) }) },
              { value: 'all', label: say('settings.tabAll', { n: figure(all.length) }) },
              { value: 'file', label: say('settings.tabFile') },
            ]}
            onChange={(next) => refine({ tab: next === 'set' ? '' : next })}
          />
        </div>
        {tab !== 'file' && (
          <SearchField
            label={say('settings.search')}
            value={search}
            onInput={(value) => refine({ search: value })}
          />
        )}
      </RoomHead>
      <Trouble problem={view.problem} again={view.again} />
      {view.value === null && view.problem === null && (
        <div class="card">
          <WaitingRows count={8} />
        </div>
      )}
      {view.value && tab === 'file' && <File view={view.value} again={view.again} house={api} />}
      {view.value && tab !== 'file' && all.length === 0 && (
        <Notice tone="plain">{say('settings.hidden')}</Notice>
      )}
      {tab !== 'file' && all.length > 0 && (
        <SettingsTable
          settings={(tab === 'all' ? all : set).filter((one) => fits(one, search))}
          empty={search === '' ? say('settings.noneSet') : say('settings.noneFound')}
        />
      )}
    </section>
  )
}

function File({
  view,
  again,
  house,
}: {
  view: SettingsView
  again: () => void
  house: House['api']
}): JSX.Element {
  if (view.text === null)
    return <Notice tone="plain">{say('settings.noEditing', { file: view.file })}</Notice>
  return <SettingsFile key={view.text} api={house} file={view.file} before={view.text} onSaved={again} />
}

function fits({ key, about, from }: AdminSetting, search: string): boolean {
  return `${key}\n${about}\n${from}`.toLowerCase().includes(search.trim().toLowerCase())
}

function SettingsTable({
  settings,
  empty,
}: {
  settings: readonly AdminSetting[]
  empty: string
}): JSX.Element {
  return (
    <div class="card records-card">
      {settings.length === 0 ? (
        <Nothing>{empty}</Nothing>
      ) : (
        <table class="records settings-table" role="table">
          <caption class="unseen">{say('settings.title')}</caption>
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">
                {say('settings.key')}
              </th>
              <th scope="col" role="columnheader">
                {say('settings.value')}
              </th>
              <th scope="col" role="columnheader">
                {say('settings.from')}
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {settings.map(({ key, about, value, from, kind }) => (
              <tr role="row" key={key}>
                <td role="cell" class="key">
                  <code>{key}</code>
                  {about !== '' && <p lang="en">{about}</p>}
                </td>
                <td role="cell" class="value">
                  <code dir="ltr">{shown(value)}</code>
                </td>
                <td role="cell" class="from">
                  {kind === 'default' ? (
                    <span class="nobody">{say('settings.default')}</span>
                  ) : (
                    <Chip tone={kind === 'environment' ? 'accent' : 'plain'}>
                      <span title={from} dir="ltr">
                        {kind === 'file' ? (from.split(/[\\/]/).at(-1) ?? from) : from}
                      </span>
                    </Chip>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

/** Characters of a value that are shown. */
const LONGEST = 400

function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : JSON.stringify(value, null, 1)
  const full = text ?? String(value)
  return full.length > LONGEST ? `${full.slice(0, LONGEST)}…` : full
}
