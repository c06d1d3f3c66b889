import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../ui/icon.tsx'
import { Button } from '../ui/button.tsx'
import type { MenuItem } from '../ui/menu.tsx'
import { AGAIN } from './icons.ts'
import { Chip, MoreMenu } from './parts.tsx'
import type { AdminPlugin, PluginDeed } from './plugin-types.ts'
import { writePlace } from './route.ts'
import { say } from './words.ts'

/** One plugin: what it is, whether it runs, what is wrong. */
export function PluginRow({
  plugin,
  open,
  busy,
  onAct,
  onOpen,
  onRemove,
}: {
  plugin: AdminPlugin
  open: boolean
  /** What is being done to it. */
  busy: PluginDeed | null
  onAct: (deed: PluginDeed, name: string) => void
  onOpen: () => void
  onRemove: () => void
}): JSX.Element {
  const { facts, state, error } = plugin
  const { name } = facts
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    if (open) box.current?.scrollIntoView({ block: 'nearest' })
  }, [open])
  const more: MenuItem[][] = [
    [{ id: 'settings', label: say('plugins.settings'), icon: 'settings', run: onOpen }],
    [
      ...(plugin.package?.registry
        ? [{ id: 'update', label: say('plugins.update'), icon: AGAIN, run: () => onAct('update', name) }]
        : []),
      ...(plugin.source === 'package'
        ? [{ id: 'remove', label: say('plugins.remove'), icon: 'trash' as const, run: onRemove }]
        : []),
    ],
  ]
  return (
    <article ref={box} class={`plugin ${state}`} aria-current={open ? 'true' : undefined}>
      <span class="badge" aria-hidden="true" data-letter={letterOf(facts.title || name)} />
      <div class="about">
        <h2>
          <button type="button" class="plugin-name" onClick={onOpen}>
            {name}
          </button>
          <small>{facts.version}</small>
          {plugin.source === 'package' && <Chip>{say('plugins.third')}</Chip>}
        </h2>
        <p>{facts.about || facts.title}</p>
      </div>
      <input
        class="switch"
        type="checkbox"
        role="switch"
        aria-label={say('plugins.on', { name })}
        checked={busy === 'enable' || (busy !== 'disable' && (state === 'on' || state === 'waiting'))}
        disabled={busy !== null}
        onChange={(event) => onAct(event.currentTarget.checked ? 'enable' : 'disable', name)}
      />
      <MoreMenu label={say('common.more', { name })} groups={more} />
      {state === 'failed' && (
        <div class="banner danger" role="alert">
          <Icon name="warning" />
          <div>
            <strong>{say('plugins.failed')}</strong> {say('plugins.failedRest')}
            {error !== null && <code>{error}</code>}
            <div class="choices">
              <Button size="small" disabled={busy !== null} onClick={() => onAct('enable', name)}>
                {say('plugins.tryAgain')}
              </Button>
              <a class="button small quiet" href={writePlace('log', { search: name })}>
                {say('plugins.log')}
              </a>
            </div>
          </div>
        </div>
      )}
      {state === 'waiting' && (
        <div class="banner warning" role="status">
          <Icon name="warning" />
          <div>
            <strong>{say('plugins.waiting')}</strong> {error}
          </div>
        </div>
      )}
      {plugin.refused > 0 && <p class="hint refused">{say('plugins.refused', { n: plugin.refused })}</p>}
    </article>
  )
}

function letterOf(title: string): string {
  return (/[\p{L}\p{N}]\p{M}*/u.exec(title)?.[0] ?? '').toLocaleUpperCase()
}
