/** The open surface on screen: its region beside the text, its head, the divider between both. */
import { useComputed, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import type { SurfaceContent, SurfaceHandle, SurfaceMode } from '../../shared/plugin.ts'
import { t } from '../i18n.ts'
import type { Key } from '../i18n.ts'
import type { Part, PluginSurface } from '../plugins/parts.ts'
import { Button, ToolButton } from '../ui/button.tsx'
import { Divider } from '../ui/divider.tsx'
import type { IconShape } from '../ui/icons.ts'
import { Menu } from '../ui/menu.tsx'
import { boxOf } from '../ui/popover.tsx'
import type { PadModel } from './model.ts'
import { PluginView } from './plugin-places.tsx'
import { SHARE } from './surfaces.ts'

/** Id of the region in the page. */
export const SURFACE = 'surface'
const FRAME = 'M4.5 3.75h11a2 2 0 0 1 2 2v8.5a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2v-8.5a2 2 0 0 1 2-2z'
const MODES: readonly (readonly [SurfaceMode, IconShape, Key])[] = [
  ['beside', `${FRAME}M10 3.75v12.5`, 'surface.beside'],
  ['full', FRAME, 'surface.full'],
  ['side', `${FRAME}M13.25 3.75v12.5`, 'surface.side'],
]

interface OpenSurfaceProps {
  model: PadModel
  part: Part<PluginSurface>
}

/** The surface that is open, if one is. */
export function SurfacePlace({ model }: { model: PadModel }): JSX.Element {
  const part = model.surfaces.open.value
  return part ? <OpenSurface key={`${part.plugin} ${part.value.id}`} model={model} part={part} /> : <></>
}

/** Whether the header leads back to the text, so that a full surface needs no head of its own. */
function headerLeads({ options, surfaces }: PadModel, { header }: PluginSurface): boolean {
  return options.showControls && (header || surfaces.narrow.value)
}

function OpenSurface({ model, part }: OpenSurfaceProps): JSX.Element {
  const { surfaces } = model
  const { id, title } = part.value
  const region = useRef<HTMLElement>(null)
  const mode = surfaces.mode.value
  const close = (): void => surfaces.close(id)
  const handle = useMemo<SurfaceHandle>(() => ({ mode: surfaces.mode, close }), [])

  useLayoutEffect(() => {
    const opener = document.activeElement
    const element = region.current
    if (!surfaces.isQuiet()) element?.focus({ preventScroll: true })
    return () => {
      const inside = element?.contains(document.activeElement) || document.activeElement === document.body
      // After the page is drawn again: until then the text may still be out of reach.
      if (inside) queueMicrotask(() => focusAfter(opener, model))
    }
  }, [])

  return (
    <>
      {mode === 'beside' && (
        <Divider
          label={t('surface.divider')}
          controls={SURFACE}
          value={surfaces.share.value}
          least={SHARE.least}
          most={SHARE.most}
          middle={SHARE.first}
          frame={() => region.current?.parentElement ?? null}
          onChange={(percent) => surfaces.setShare(percent)}
        />
      )}
      <section
        key="surface"
        ref={region}
        id={SURFACE}
        class="surface"
        data-mode={mode}
        aria-label={title()}
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.defaultPrevented || isWithinOther(event.target)) return
          event.preventDefault()
          event.stopPropagation()
          close()
        }}
      >
        {!(mode === 'full' && headerLeads(model, part.value)) && (
          <div class="surface-head">
            <h2>{title()}</h2>
            {!surfaces.narrow.value && <Arrange model={model} />}
            <ToolButton label={t('surface.back')} icon="close" class="small" onClick={close} />
          </div>
        )}
        <SurfaceBody model={model} part={part} handle={handle} />
      </section>
    </>
  )
}

/** A dialog or a menu in a surface has its own way to close. */
function isWithinOther(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('dialog, [popover], [role=dialog], [role=menu]') !== null
}

function focusAfter(opener: Element | null, model: PadModel): void {
  if (opener instanceof HTMLElement && opener !== document.body && opener.isConnected) {
    opener.focus({ preventScroll: true })
    if (document.activeElement === opener) return
  }
  model.editor.peek()?.focus()
}

/** A button with the ways a surface may stand. */
export function Arrange({ model }: { model: PadModel }): JSX.Element {
  const open = useSignal(false)
  const place = useRef<HTMLSpanElement>(null)
  const mode = model.surfaces.mode.value
  return (
    <span ref={place}>
      <ToolButton
        label={t('surface.arrange')}
        icon={MODES.find(([one]) => one === mode)?.[1] ?? FRAME}
        expanded={open.value}
        class="small"
        onClick={() => (open.value = true)}
      />
      {open.value && (
        <Menu
          label={t('surface.arrange')}
          groups={[
            MODES.map(([one, icon, label]) => ({
              id: one,
              label: t(label),
              icon,
              checked: one === mode,
              run: () => model.surfaces.arrange(one),
            })),
          ]}
          anchor={() => boxOf(place.current)}
          align="end"
          onClose={() => (open.value = false)}
        />
      )}
    </span>
  )
}

/** "Text", and each surface that has its place in the header. */
export function SurfaceTabs({ model }: { model: PadModel }): JSX.Element {
  const { surfaces, parts } = model
  const tabs = parts.surfaces.parts.value.filter(({ value }) => value.header)
  const open = surfaces.open.value?.value
  if (tabs.length === 0) return <></>
  return (
    <>
      <nav class="segments only-wide" aria-label={t('surface.view')}>
        <button
          type="button"
          aria-current={surfaces.covers.value ? undefined : 'page'}
          onClick={() => open && surfaces.close(open.id)}
        >
          {t('surface.text')}
        </button>
        {tabs.map(({ value }) => (
          <button
            type="button"
            key={value.id}
            data-action={value.id}
            aria-current={open?.id === value.id ? 'page' : undefined}
            onClick={() => surfaces.show(value.id)}
          >
            {value.title()}
          </button>
        ))}
      </nav>
      {surfaces.covers.value && (
        <span class="only-wide">
          <Arrange model={model} />
        </span>
      )}
    </>
  )
}

interface BodyProps extends OpenSurfaceProps {
  handle: SurfaceHandle
}

function SurfaceBody({ model, part, handle }: BodyProps): JSX.Element {
  const content = useSignal<SurfaceContent | 'loading' | 'failed'>('loading')
  const failed = useComputed(() => content.value === 'failed')
  const load = (): void => {
    content.value = 'loading'
    part.value.content().then(
      (given) => (content.value = given),
      () => (content.value = 'failed'),
    )
  }
  useLayoutEffect(load, [])
  const now = content.value
  if (typeof now === 'object')
    return 'mount' in now ? (
      <Mounted model={model} plugin={part.plugin} mount={now.mount} handle={handle} />
    ) : (
      <div class="surface-body">
        <PluginView model={model} part={{ plugin: part.plugin, value: () => now.view(handle) }} />
      </div>
    )
  return (
    <div class="surface-body surface-word" role="status">
      <p>{t(failed.value ? 'surface.failed' : 'surface.loading')}</p>
      {failed.value && <Button onClick={load}>{t('surface.again')}</Button>}
    </div>
  )
}

interface MountedProps {
  model: PadModel
  plugin: string
  mount: Extract<SurfaceContent, { mount: unknown }>['mount']
  handle: SurfaceHandle
}

/** An element that a plugin fills by itself. */
function Mounted({ model, plugin, mount, handle }: MountedProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    let off: ReturnType<typeof mount>
    const guarded = (work: () => void): void => {
      try {
        work()
      } catch (error) {
        // Later, because the page is being drawn.
        queueMicrotask(() => model.parts.failed(plugin, error))
      }
    }
    guarded(() => {
      if (place.current) off = mount(place.current, handle)
    })
    return () => guarded(() => off?.())
  }, [])
  return <div ref={place} class="surface-body" />
}
