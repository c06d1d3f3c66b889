/** Plugins: which are here, whether they run, their settings; and finding others. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { toast } from '../ui/toasts.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { explain, LONG_PATIENCE } from './api.ts'
import type { House } from './house.ts'
import { Nothing, RoomHead, SearchField, Trouble, WaitingRows } from './parts.tsx'
import { PluginFind } from './plugin-find.tsx'
import { PluginForm } from './plugin-form.tsx'
import { RemovePlugin } from './plugin-remove.tsx'
import { PluginRow } from './plugin-row.tsx'
import type { AdminPlugin, AdminPluginList, PluginDeed } from './plugin-types.ts'
import { useRemote } from './remote.ts'
import { place, refine } from './route.ts'
import { figure } from './format.ts'
import { say } from './words.ts'

/** The room of plugins. */
export function PluginsRoom({ house }: { house: House }): JSX.Element {
  const { api, live } = house
  const { query } = place.value
  const tab = query['tab'] === 'find' ? 'find' : 'here'
  const search = query['search'] ?? ''
  const list = useRemote(String(live.pluginChanges.value), () => api.get<AdminPluginList>('api/plugins'))
  const busy = useSignal<{ name: string; deed: PluginDeed } | null>(null)
  const removing = useSignal<AdminPlugin | null>(null)
  const plugins = failedFirst(list.value?.plugins ?? [])
  const shown = plugins.filter(({ facts }) => fits(facts, search))
  const opened = plugins.find(({ facts }) => facts.name === query['open'])

  useEffect(() => {
    house.failedPlugins.value = plugins
      .filter(({ state }) => state === 'failed')
      .map(({ facts }) => facts.name)
  }, [list.value])

  const act = async (deed: PluginDeed, name: string): Promise<void> => {
    busy.value = { name, deed }
    try {
      const after = await api.post<AdminPlugin>(`api/plugins/${deed}`, { name }, LONG_PATIENCE)
      if (after.state === 'failed') toast(say('plugins.couldNot', { name }), 'warning')
      else if (deed === 'update') toast(say('plugins.updated', { name, version: after.facts.version }))
      else toast(say(deed === 'enable' ? 'plugins.isOn' : 'plugins.isOff', { name }))
    } catch (error) {
      toast(explain(error), 'warning')
    }
    await list.refresh()
    busy.value = null
  }

  return (
    <section class="view plugins">
      <RoomHead title={say('plugins.title')}>
        <div class="bare-field">
          <Segmented
            label={say('plugins.which')}
            value={tab}
            options={[
              { value: 'here', label: say('plugins.tabHere', { n: figure(plugins.length) }) },
              { value: 'find', label: say('plugins.tabFind') },
            ]}
            onChange={(next) => refine({ tab: next === 'here' ? '' : next, open: '', search: '' })}
          />
        </div>
        {tab === 'here' && (
          <SearchField
            label={say('plugins.search')}
            value={search}
            onInput={(value) => refine({ search: value })}
          />
        )}
      </RoomHead>
      <Trouble problem={list.problem} again={list.again} />
      {tab === 'find' ? (
        <PluginFind
          api={api}
          catalog={list.value?.catalog ?? true}
          onInstalled={(name) => {
            list.again()
            refine({ tab: '', open: name })
          }}
        />
      ) : (
        <div class={opened ? 'plugin-columns' : 'plugin-columns alone'}>
          <div class="card plugin-list" aria-busy={list.busy}>
            {list.value === null && list.problem === null && <WaitingRows />}
            {list.value && shown.length === 0 && (
              <Nothing>{plugins.length === 0 ? say('plugins.none') : say('plugins.noneFound')}</Nothing>
            )}
            {shown.map((plugin) => (
              <PluginRow
                key={plugin.facts.name}
                plugin={plugin}
                open={plugin === opened}
                busy={busy.value?.name === plugin.facts.name ? busy.value.deed : null}
                onAct={(deed, name) => void act(deed, name)}
                onOpen={() => refine({ open: plugin.facts.name })}
                onRemove={() => (removing.value = plugin)}
              />
            ))}
          </div>
          {opened && (
            <PluginForm
              key={opened.facts.name}
              api={api}
              plugin={opened}
              onClose={() => refine({ open: '' })}
              onSaved={list.again}
            />
          )}
        </div>
      )}
      {removing.value && (
        <RemovePlugin
          api={api}
          plugin={removing.value}
          onClose={() => (removing.value = null)}
          onGone={() => {
            refine({ open: '' })
            list.again()
          }}
        />
      )}
    </section>
  )
}

/** What needs somebody stands where it is seen. */
function failedFirst(plugins: readonly AdminPlugin[]): readonly AdminPlugin[] {
  const failed = ({ state }: AdminPlugin): boolean => state === 'failed'
  return [...plugins.filter(failed), ...plugins.filter((plugin) => !failed(plugin))]
}

function fits({ name, title, about }: AdminPlugin['facts'], search: string): boolean {
  const wanted = search.trim().toLocaleLowerCase()
  return `${name}\n${title}\n${about}`.toLocaleLowerCase().includes(wanted)
}
