import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { Button } from '../ui/button.tsx'
import { Field, Input } from '../ui/field.tsx'
import { toast } from '../ui/toasts.tsx'
import { explain, LONG_PATIENCE } from './api.ts'
import type { Api } from './api.ts'
import { SEARCH } from './icons.ts'
import { Chip, Notice, Nothing, SearchField, Trouble, WaitingRows } from './parts.tsx'
import type { AdminCatalog, AdminCatalogEntry, AdminPlugin } from './plugin-types.ts'
import { useRemote } from './remote.ts'
import { say } from './words.ts'

interface PluginFindProps {
  api: Api
  /** Whether the registry may be asked. */
  catalog: boolean
  onInstalled: (name: string) => void
}

/** Other people's plugins: found in the registry, or installed by name, file or folder. */
export function PluginFind({ api, catalog, onInstalled }: PluginFindProps): JSX.Element {
  const busy = useSignal<string | null>(null)
  const problem = useSignal<string | null>(null)
  const install = async (what: string): Promise<void> => {
    busy.value = what
    problem.value = null
    try {
      const { facts, state } = await api.post<AdminPlugin>('api/plugins/install', { what }, LONG_PATIENCE)
      const { name, version } = facts
      if (state === 'failed') toast(say('plugins.couldNot', { name }), 'warning')
      else toast(say('find.installed', { name, version }))
      onInstalled(facts.name)
    } catch (error) {
      problem.value = explain(error)
    } finally {
      busy.value = null
    }
  }
  return (
    <>
      <Notice tone="plain">{say('find.trust')}</Notice>
      {problem.value !== null && <Notice tone="danger">{problem.value}</Notice>}
      <div class="columns">
        <Catalog api={api} catalog={catalog} busy={busy.value} onInstall={(what) => void install(what)} />
        <ByName busy={busy.value !== null} onInstall={(what) => void install(what)} />
      </div>
    </>
  )
}

function Catalog({
  api,
  catalog,
  busy,
  onInstall,
}: {
  api: Api
  catalog: boolean
  busy: string | null
  onInstall: (what: string) => void
}): JSX.Element {
  const typed = useSignal('')
  // Nobody else is asked before somebody here asks.
  const asked = useSignal<string | null>(null)
  const words = asked.value
  const found = useRemote<AdminCatalog | null>(String(words), async () =>
    words === null ? null : api.get('api/plugins/search', { words }),
  )
  const answer: AdminCatalog | null = catalog ? found.value : { state: 'off', why: '' }
  return (
    <article class="card block">
      <h2>{say('find.title')}</h2>
      <form
        class="inline-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!catalog) return
          if (typed.value === words) found.again()
          else asked.value = typed.value
        }}
      >
        <SearchField
          label={say('find.search')}
          value={typed.value}
          onInput={(value) => (typed.value = value)}
        />
        <Button type="submit" icon={SEARCH} disabled={!catalog}>
          {say('find.go')}
        </Button>
      </form>
      {catalog && words === null && <Nothing>{say('find.ask')}</Nothing>}
      <Trouble problem={found.problem} again={found.again} />
      {found.busy && words !== null && answer === null && <WaitingRows count={4} />}
      {answer !== null && answer.state !== 'found' && (
        <Notice tone="plain">{answer.state === 'off' ? say('find.off') : say('find.offline')}</Notice>
      )}
      {answer?.state === 'found' && answer.entries.length === 0 && <Nothing>{say('find.none')}</Nothing>}
      {answer?.state === 'found' && (
        <ul class="finds" aria-busy={found.busy}>
          {answer.entries.map((entry) => (
            <Find key={entry.name} entry={entry} busy={busy} onInstall={onInstall} />
          ))}
        </ul>
      )}
    </article>
  )
}

function Find({
  entry,
  busy,
  onInstall,
}: {
  entry: AdminCatalogEntry
  busy: string | null
  onInstall: (what: string) => void
}): JSX.Element {
  const { name, version, about, installed } = entry
  const exact = `${name}@${version}`
  return (
    <li>
      <div>
        <h3>
          {name}
          <small>{version}</small>
        </h3>
        <p>{about}</p>
      </div>
      {installed === version ? (
        <Chip tone="ok">{say('find.here')}</Chip>
      ) : (
        <Button size="small" disabled={busy !== null} onClick={() => onInstall(exact)}>
          {busy === exact
            ? say('find.busy')
            : installed === null
              ? say('find.install')
              : say('plugins.update')}
          <span class="unseen">{exact}</span>
        </Button>
      )}
    </li>
  )
}

function ByName({ busy, onInstall }: { busy: boolean; onInstall: (what: string) => void }): JSX.Element {
  const what = useSignal('')
  const ready = what.value.trim() !== '' && !busy
  return (
    <form
      class="card block by-name"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) onInstall(what.value.trim())
      }}
    >
      <h2>{say('find.byName')}</h2>
      <Field label={say('find.what')} hint={say('find.whatHint')}>
        {({ id, describedBy }) => (
          <Input
            id={id}
            describedBy={describedBy}
            value={what.value}
            maxLength={1000}
            placeholder={'ep_name@1.2.3'}
            onInput={(value) => (what.value = value)}
          />
        )}
      </Field>
      <Button type="submit" disabled={!ready}>
        {busy ? say('find.busy') : say('find.install')}
      </Button>
    </form>
  )
}
