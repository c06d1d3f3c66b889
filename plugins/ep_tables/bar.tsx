/** The bar above the table one is in: menus of rows, columns and cells, for pointers and fingers. */
import { render } from 'preact'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { EditorState } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { ClientContext } from '../../shared/plugin.ts'
import { ALIGNMENTS, BACKGROUNDS } from '../../shared/text/table/model.ts'
import type { Alignment, Background } from '../../shared/text/table/model.ts'
import { placeOfBar } from './bar-place.ts'
import { cellStart, inTable } from './cells.ts'
import type { TableCommands } from './commands.ts'
import { TABLE_ACTIONS } from './list.ts'

const NONE = 'none'
const ALIGN_ICONS: Readonly<Record<Alignment, string>> = {
  left: 'M3 4.25h14M3 8.1h9M3 11.9h14M3 15.75h9',
  center: 'M3 4.25h14M5.5 8.1h9M3 11.9h14M5.5 15.75h9',
  right: 'M3 4.25h14M8 8.1h9M3 11.9h14M8 15.75h9',
}

/** Shows the bar while the selection is in a table; the answer keeps it in its place (SPEC-tables TE6). */
export function showBar(
  view: EditorView,
  context: ClientContext,
  commands: TableCommands,
): { update(): void; destroy(): void } {
  const page = view.dom.ownerDocument
  const bar = page.createElement('div')
  bar.className = 'ep-tables-bar island'
  bar.setAttribute('role', 'toolbar')
  bar.setAttribute('aria-label', context.t('bar'))
  // It runs as the page does, whichever way the text runs.
  bar.dir = page.documentElement.dir
  bar.hidden = true
  bar.contentEditable = 'false'
  view.dom.parentElement?.append(bar)
  // Leaving it, the focus goes back to the text.
  bar.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    event.stopPropagation()
    view.focus()
  })
  let drawn = ''
  const place = (): void => {
    const at = view.editable ? inTable(view.state) : null
    bar.hidden = at === null
    if (!at) return
    draw()
    const table = view.nodeDOM(at.pos)
    const start = cellStart(at.table, at.pos, at.from)
    const cell = start === undefined ? null : view.nodeDOM(start)
    const around = bar.offsetParent
    if (!(table instanceof HTMLElement) || !(cell instanceof HTMLElement) || !around) return
    const frame = around.getBoundingClientRect()
    const seen = view.dom.closest('.scroll')?.getBoundingClientRect() ?? frame
    const { top, left } = placeOfBar(
      { table: table.getBoundingClientRect(), cell: cell.getBoundingClientRect(), seen },
      { width: bar.offsetWidth, height: bar.offsetHeight },
    )
    bar.style.top = `${top - frame.top + around.scrollTop}px`
    bar.style.left = `${left - frame.left}px`
  }
  // Before it is placed: it has no height until it is drawn.
  const draw = (): void => {
    const look = lookOf(view.state, commands.more.peek())
    const now = JSON.stringify(look)
    if (now === drawn) return
    drawn = now
    render(<Bar context={context} commands={commands} look={look} view={view} />, bar)
  }
  // With the frame's own layout: asked for at each key, it would be one more.
  let asked = 0
  const later = (): void => {
    asked ||= requestAnimationFrame(() => {
      asked = 0
      if (!view.isDestroyed) place()
    })
  }
  const frame = page.defaultView
  frame?.addEventListener('resize', later)
  page.addEventListener('scroll', later, { capture: true, passive: true })
  later()
  const forget = commands.more.subscribe(later)
  return {
    update: later,
    destroy() {
      forget()
      frame?.removeEventListener('resize', later)
      page.removeEventListener('scroll', later, { capture: true })
      cancelAnimationFrame(asked)
      render(null, bar)
      bar.remove()
    },
  }
}

interface Look {
  background: string
  align: string
  headerRow: boolean
  headerColumn: boolean
  /** How many cells are selected; null while a tap selects none. */
  more: number | null
}

function lookOf(state: EditorState, more: boolean): Look {
  const at = inTable(state)
  const start = at ? cellStart(at.table, at.pos, at.from) : undefined
  const attrs = start === undefined ? {} : (state.doc.nodeAt(start)?.attrs ?? {})
  return {
    background: String(attrs['background'] ?? ''),
    align: String(attrs['align'] ?? ''),
    headerRow: at?.table.firstChild?.firstChild?.attrs['header'] === 'col',
    headerColumn: at?.table.lastChild?.firstChild?.attrs['header'] === 'row',
    more: more ? state.selection.ranges.length : null,
  }
}

interface BarProps {
  context: ClientContext
  commands: TableCommands
  look: Look
  view: EditorView
}

function Bar({ context, commands, look, view }: BarProps): JSX.Element {
  const { Menu, Popover, Choices, ToolButton } = context.ui
  const [open, setOpen] = useState<{ name: string; from: Element } | null>(null)
  const close = (): void => setOpen(null)
  const done = (work: () => boolean): void => {
    close()
    work()
    view.focus()
  }
  if (look.more !== null)
    return (
      <>
        <span class="ep-tables-more">
          {look.more > 1 ? context.t('selected', { n: look.more }) : context.t('more.hint')}
        </span>
        <ToolButton
          label={context.t('more.done')}
          text={context.t('more.done')}
          icon="done"
          onClick={() => {
            commands.endMore()
            view.focus()
          }}
        />
      </>
    )
  const items = (menu: 'rows' | 'columns') =>
    TABLE_ACTIONS.filter((action) => action.menu === menu).map(({ id, icon, run }) => ({
      id,
      label: context.t(id),
      icon: { line: icon },
      ...(id === 'tableHeaderRow' ? { checked: look.headerRow } : {}),
      ...(id === 'tableHeaderColumn' ? { checked: look.headerColumn } : {}),
      run: () => done(() => run(commands)),
    }))
  const tool = (name: string, icon: string): JSX.Element => (
    <ToolButton
      label={context.t(name)}
      text={context.t(name)}
      icon={{ line: icon }}
      arrow
      expanded={open?.name === name}
      onClick={(event: MouseEvent) => {
        const from = event.currentTarget
        setOpen(open?.name === name || !(from instanceof Element) ? null : { name, from })
      }}
    />
  )
  const anchor = (): DOMRect | null => open?.from.getBoundingClientRect() ?? null
  return (
    <>
      {tool('rows', 'M3 4.5h14v11H3zM3 10h14')}
      {tool('columns', 'M3 4.5h14v11H3zM10 4.5v11')}
      {tool('cells', 'M4 4h12v12H4zM7 10h6')}
      <ToolButton
        label={context.t('tableRemove')}
        icon="trash"
        onClick={() => done(() => commands.deleteTable())}
      />
      {(open?.name === 'rows' || open?.name === 'columns') && (
        <Menu label={context.t(open.name)} groups={[items(open.name)]} anchor={anchor} onClose={close} />
      )}
      {open?.name === 'cells' && (
        <Popover
          role="dialog"
          label={context.t('cells')}
          anchor={anchor}
          onClose={close}
          class="ep-tables-cells"
        >
          {TABLE_ACTIONS.filter(({ menu }) => menu === 'cells').map(({ id, icon, run }) => (
            <div key={id} class="ep-tables-action">
              <ToolButton
                label={context.t(id)}
                text={context.t(id)}
                icon={{ line: icon }}
                onClick={() => done(() => run(commands))}
              />
            </div>
          ))}
          <Choices
            label={context.t('background')}
            columns={2}
            value={look.background || NONE}
            options={[NONE, ...BACKGROUNDS].map((name) => ({
              value: name,
              label: context.t(`background.${name}`),
              sample: <span class={`ep-tables-sample ${name}`} aria-hidden="true" />,
            }))}
            onChange={(value: string) =>
              done(() => commands.background(value === NONE ? null : (value as Background)))
            }
          />
          <div class="ep-tables-align" role="group" aria-label={context.t('align')}>
            {ALIGNMENTS.map((side) => (
              <ToolButton
                key={side}
                label={context.t(`align.${side}`)}
                icon={{ line: ALIGN_ICONS[side] }}
                pressed={(look.align || 'left') === side}
                onClick={() => done(() => commands.align(side === 'left' ? null : side))}
              />
            ))}
          </div>
        </Popover>
      )}
    </>
  )
}
