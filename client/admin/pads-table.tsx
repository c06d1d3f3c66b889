import type { JSX } from 'preact'
import type { AdminPad } from '../../shared/admin.ts'
import { t } from '../i18n.ts'
import { padTitle } from '../pad-title.ts'
import { Avatars } from '../ui/people.tsx'
import { ago, bytes, figure } from './format.ts'
import { exportAddress, padAddress } from './pad-address.ts'
import { Here, Moment, MoreMenu } from './parts.tsx'
import { SortHead } from './sort-head.tsx'
import type { Sort, SORTS } from './sort.ts'
import { say } from './words.ts'

type PadSort = Sort<(typeof SORTS.pads)[number]>

interface PadTableProps {
  pads: readonly AdminPad[]
  sort: PadSort
  chosen: ReadonlySet<string>
  onSort: (sort: PadSort) => void
  onChoose: (chosen: ReadonlySet<string>) => void
  onCompact: (name: string) => void
  onDelete: (name: string) => void
  /** Shows who may open it. */
  onRule: (name: string) => void
}

/** The list as a table; on a phone each row is a card. */
export function PadTable(props: PadTableProps): JSX.Element {
  const { pads, sort, chosen, onSort, onChoose } = props
  const every = pads.every(({ name }) => chosen.has(name))
  return (
    <table class="records cards-on-phone" role="table">
      <caption class="unseen">{say('pads.title')}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader" class="box">
            <input
              class="check"
              type="checkbox"
              aria-label={say('pads.chooseAll')}
              checked={every}
              indeterminate={!every && chosen.size > 0}
              onChange={() => onChoose(new Set(every ? [] : pads.map(({ name }) => name)))}
            />
          </th>
          <SortHead label={say('pads.name')} order="name" sort={sort} onSort={onSort} />
          <th scope="col" role="columnheader">
            {say('pads.here')}
          </th>
          <SortHead label={say('pads.edited')} order="edited" sort={sort} onSort={onSort} />
          <th scope="col" role="columnheader" class="authors">
            {say('pads.authors')}
          </th>
          <SortHead label={say('pads.versions')} order="versions" sort={sort} onSort={onSort} numeric />
          <SortHead label={say('pads.bytes')} order="bytes" sort={sort} onSort={onSort} numeric />
          <th scope="col" role="columnheader" class="do">
            <span class="unseen">{say('common.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {pads.map((pad) => (
          <PadRow key={pad.name} pad={pad} {...props} />
        ))}
      </tbody>
    </table>
  )
}

function PadRow({
  pad,
  chosen,
  onChoose,
  onCompact,
  onDelete,
  onRule,
}: PadTableProps & { pad: AdminPad }): JSX.Element {
  const { name } = pad
  const picked = chosen.has(name)
  const title = padTitle(name)
  const toggle = (): void => {
    const next = new Set(chosen)
    if (!next.delete(name)) next.add(name)
    onChoose(next)
  }
  return (
    <tr role="row" aria-selected={picked}>
      <td role="cell" class="box">
        <input
          class="check"
          type="checkbox"
          aria-label={say('pads.choose', { name: title })}
          checked={picked}
          onChange={toggle}
        />
      </td>
      <td role="cell" class="main">
        <a class="name" href={padAddress(name)} dir="auto" title={name}>
          {title}
        </a>
      </td>
      <td role="cell" class="here">
        <Here count={pad.here} />
      </td>
      <td role="cell" class="edited">
        <Moment time={pad.edited} words={ago(pad.edited)} />
      </td>
      <td role="cell" class="authors">
        <Authors pad={pad} />
      </td>
      <td role="cell" class="number versions" data-label={say('pads.versions')}>
        {figure(pad.versions)}
      </td>
      <td role="cell" class="number bytes">
        {bytes(pad.bytes)}
      </td>
      <td role="cell" class="do">
        <MoreMenu
          label={say('common.more', { name: title })}
          groups={[
            [
              { id: 'open', label: say('pads.open'), icon: 'external', run: () => open(padAddress(name)) },
              { id: 'rule', label: say('padRule.open'), icon: 'people', run: () => onRule(name) },
              { id: 'pack', label: say('pads.compact'), icon: 'database', run: () => onCompact(name) },
            ],
            EXPORTS.map(([type, label]) => ({
              id: type,
              label: say(label),
              icon: 'file' as const,
              run: () => open(exportAddress(name, type)),
            })),
            [{ id: 'delete', label: say('pads.delete'), icon: 'trash', run: () => onDelete(name) }],
          ]}
        />
      </td>
    </tr>
  )
}

/** What a pad may be taken along as. */
const EXPORTS = [
  ['html', 'pads.exportHtml'],
  ['md', 'pads.exportMarkdown'],
  ['json', 'pads.exportAll'],
] as const

/** How many discs of authors stand in a row. */
const MOST = 3

function Authors({ pad: { authors, authorCount } }: { pad: AdminPad }): JSX.Element {
  if (authorCount === 0) return <span class="nobody">{'–'}</span>
  const names = authors.map(({ name }) => name || t('common.nameless')).join(', ')
  const faces = authors.slice(0, MOST)
  return (
    <span class="author-discs" title={names}>
      <span class="unseen">{say('pads.authorsAre', { n: authorCount, names })}</span>
      <Avatars faces={faces} most={MOST} nameless={t('common.nameless')} class="small-discs" />
      {authorCount > faces.length && (
        <span class="more-count" aria-hidden="true">
          {`+${figure(authorCount - faces.length)}`}
        </span>
      )}
    </span>
  )
}
