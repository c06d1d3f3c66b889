/** What a selected picture can be told: its place, its size, what it shows. Fetched when somebody selects one. */
import { render } from 'preact'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { ClientContext, Off } from '../../shared/plugin.ts'
import { LEAST_SHOWN, MAX_ALT, MAX_CAPTION, shownWithin } from './value.ts'
import type { Align, Picture } from './value.ts'
import { roomFor } from './shown.ts'
import type { Shown } from './shown.ts'

const ICONS = {
  line: 'M3 14.5h3M14 14.5h3M7.5 6.5h5v8h-5z',
  left: 'M3 4.5h6v7H3zM11.5 5h5.5M11.5 8h5.5M11.5 11h5.5M3 15.5h14',
  center: 'M6.5 3.5h7v7h-7zM3 13.5h14M3 16.5h14',
  right: 'M11 4.5h6v7h-6zM3 5h5.5M3 8h5.5M3 11h5.5M3 15.5h14',
  describe: 'M3 4.5h14M3 8.5h14M3 12.5h8M3 16.5h5',
  full: 'M7.5 3.5h-4v4M12.5 3.5h4v4M7.5 16.5h-4v-4M12.5 16.5h4v-4',
  remove: 'M3.5 5.5h13M8 5.5v-2h4v2M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5',
} as const
const PLACES: readonly (readonly [Align | null, keyof typeof ICONS])[] = [
  [null, 'line'],
  ['left', 'left'],
  ['center', 'center'],
  ['right', 'right'],
]
/** Percent a key on the handle changes the size by. */
const STEP = 5

/** Shows the tools at a picture until they are taken away. */
export function mountTools(context: ClientContext, shown: Shown, open: () => void): Off {
  const host = document.createElement('span')
  host.className = 'ep-images-tools'
  shown.figure.append(host)
  const paint = (): void => {
    const { align, show } = shown.picture
    const now = shownWithin((shown.figure.getBoundingClientRect().width / roomFor(shown.figure)) * 100)
    render(<Tools context={context} shown={shown} open={open} align={align} now={show ?? now} />, host)
  }
  // What others change in the meantime shows at once.
  const changes = new MutationObserver(paint)
  changes.observe(shown.figure, { attributes: true, attributeFilter: ['data-align', 'style'] })
  paint()
  return () => {
    changes.disconnect()
    render(null, host)
    host.remove()
  }
}

interface ToolsProps {
  context: ClientContext
  shown: Shown
  open: () => void
  align: Align | null
  /** Percent of the text's width. */
  now: number
}

function Tools({ context, shown, open, align, now }: ToolsProps): JSX.Element {
  const { ToolButton } = context.ui
  const t: ClientContext['t'] = (key, values) => context.t(key, values)
  return (
    <>
      <span class="ep-images-bar" role="toolbar" aria-label={t('tools')}>
        {PLACES.map(([place, icon]) => (
          <ToolButton
            key={icon}
            label={t(`place.${icon}`)}
            icon={{ line: ICONS[icon] }}
            pressed={align === place}
            onClick={() => shown.change({ align: place })}
          />
        ))}
        <ToolButton
          label={t('describe')}
          icon={{ line: ICONS.describe }}
          onClick={() => describe(context, shown)}
        />
        <ToolButton label={t('full')} icon={{ line: ICONS.full }} onClick={open} />
        <ToolButton label={t('remove')} icon={{ line: ICONS.remove }} onClick={() => shown.remove()} />
      </span>
      <Handle context={context} shown={shown} now={now} />
    </>
  )
}

/** The corner that is dragged, or moved with the arrow keys. */
function Handle({ context, shown, now }: Pick<ToolsProps, 'context' | 'shown' | 'now'>): JSX.Element {
  const { figure } = shown
  const room = (): number => roomFor(figure)
  const drag = (event: PointerEvent & { currentTarget: HTMLElement }): void => {
    event.preventDefault()
    const handle = event.currentTarget
    const from = event.clientX
    const width = figure.getBoundingClientRect().width
    const turned = getComputedStyle(figure).direction === 'rtl' ? -1 : 1
    // One that stands in the middle grows to both sides.
    const both = shown.picture.align === 'center' ? 2 : 1
    let show = now
    handle.setPointerCapture(event.pointerId)
    const move = (to: PointerEvent): void => {
      show = shownWithin(((width + (to.clientX - from) * turned * both) / room()) * 100)
      shown.preview(show)
    }
    const end = (): void => {
      handle.removeEventListener('pointermove', move)
      shown.change({ show })
    }
    handle.addEventListener('pointermove', move)
    handle.addEventListener('pointerup', end, { once: true })
    handle.addEventListener(
      'pointercancel',
      () => {
        handle.removeEventListener('pointermove', move)
        handle.removeEventListener('pointerup', end)
        shown.preview(shown.picture.show)
      },
      { once: true },
    )
  }
  const key = (event: KeyboardEvent): void => {
    const by = { ArrowRight: STEP, ArrowUp: STEP, ArrowLeft: -STEP, ArrowDown: -STEP }[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const show = shownWithin(now + by)
    shown.change({ show })
    context.announce(context.t('size', { n: show }))
    if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
  }
  return (
    <button
      type="button"
      class="ep-images-handle"
      role="slider"
      aria-label={context.t('width')}
      aria-valuemin={LEAST_SHOWN}
      aria-valuemax={100}
      aria-valuenow={now}
      aria-valuetext={`${now} %`}
      onPointerDown={drag}
      onKeyDown={key}
    />
  )
}

/** A dialog with what a picture shows, its caption and its size. */
export function describe(context: ClientContext, shown: Shown): void {
  const host = document.createElement('div')
  document.body.append(host)
  const close = (): void => {
    render(null, host)
    host.remove()
  }
  const save = (to: Partial<Picture>): void => {
    close()
    shown.change(to)
  }
  render(<Describe context={context} picture={shown.picture} close={close} save={save} />, host)
}

function Describe(props: {
  context: ClientContext
  picture: Picture
  close: () => void
  save: (to: Partial<Picture>) => void
}): JSX.Element {
  const { context, picture, close, save } = props
  const t: ClientContext['t'] = (key, values) => context.t(key, values)
  const { Button, Dialog, Field, Input } = context.ui
  const [alt, setAlt] = useState(picture.alt)
  const [caption, setCaption] = useState(picture.caption)
  const [show, setShow] = useState(picture.show === null ? '' : String(picture.show))
  const done = (): void => {
    const percent = Number(show)
    save({ alt, caption, show: show.trim() === '' || !(percent > 0) ? null : shownWithin(percent) })
  }
  return (
    <Dialog
      title={t('picture')}
      closeLabel={t('close')}
      onClose={close}
      footer={
        <>
          <Button kind="quiet" onClick={close}>
            {t('cancel')}
          </Button>
          <Button kind="primary" onClick={done}>
            {t('save')}
          </Button>
        </>
      }
    >
      <div class="ep-images-describe">
        <Field label={t('alt')} hint={t('alt.hint')}>
          {({ id, describedBy }: Control) => (
            <textarea
              id={id}
              class="input"
              rows={3}
              maxLength={MAX_ALT}
              aria-describedby={describedBy}
              value={alt}
              onInput={(event) => setAlt(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={t('caption')}>
          {({ id }: Control) => (
            <Input id={id} value={caption} maxLength={MAX_CAPTION} onInput={setCaption} />
          )}
        </Field>
        <Field label={t('width')} hint={t('width.hint')}>
          {({ id, describedBy }: Control) => (
            <Input
              id={id}
              type="number"
              min={LEAST_SHOWN}
              max={100}
              value={show}
              describedBy={describedBy}
              onInput={setShow}
            />
          )}
        </Field>
      </div>
    </Dialog>
  )
}

interface Control {
  id: string
  describedBy: string | undefined
}
