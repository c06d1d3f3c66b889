import type { JSX } from 'preact'
import type { BusyPad, LogLine } from '../../shared/admin.ts'
import { padTitle } from '../pad-title.ts'
import { Icon } from '../ui/icon.tsx'
import { rate, when } from './format.ts'
import { FAILED } from './icons.ts'
import { padAddress } from './pad-address.ts'
import { Here, Moment, Nothing, WaitingRows } from './parts.tsx'
import { writePlace } from './route.ts'
import { say } from './words.ts'

/** Pads in which most is written now. */
export function Busiest({ pads }: { pads: readonly BusyPad[] | null }): JSX.Element {
  return (
    <article class="card block">
      <div class="block-head">
        <h2>{say('busiest.title')}</h2>
        <span class="space" />
        <a class="button small quiet" href={writePlace('pads')}>
          {say('busiest.all')}
        </a>
      </div>
      {pads === null && <WaitingRows count={3} />}
      {pads?.length === 0 && <Nothing>{say('busiest.none')}</Nothing>}
      {pads !== null && pads.length > 0 && (
        <table class="records flush">
          <thead>
            <tr>
              <th scope="col">{say('pads.name')}</th>
              <th scope="col">{say('pads.here')}</th>
              <th scope="col" class="number">
                {say('busiest.edits')}
              </th>
            </tr>
          </thead>
          <tbody>
            {pads.map(({ name, here, edits }) => (
              <tr key={name}>
                <td>
                  <a class="name" href={padAddress(name)} dir="auto" title={name}>
                    {padTitle(name)}
                  </a>
                </td>
                <td>
                  <Here count={here} />
                </td>
                <td class="number">{rate(edits)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </article>
  )
}

/** The newest warnings and errors. */
export function Lately({ lines }: { lines: readonly LogLine[] | null }): JSX.Element {
  return (
    <article class="card block">
      <div class="block-head">
        <h2>{say('lately.title')}</h2>
        <span class="space" />
        <a class="button small quiet" href={writePlace('log')}>
          {say('log.title')}
        </a>
      </div>
      {lines === null && <WaitingRows count={3} />}
      {lines?.length === 0 && <Nothing>{say('lately.none')}</Nothing>}
      <ul class="events">
        {lines?.map((line) => (
          <li key={line.id}>
            <Icon
              name={line.level === 'error' ? FAILED : 'warning'}
              class={line.level === 'error' ? 'small bad' : 'small care'}
            />
            <span class="unseen">{say(`log.${line.level}`)}</span>
            <span class="words" title={line.facts === '' ? line.message : `${line.message}\n${line.facts}`}>
              {line.message}
            </span>
            <Moment time={line.time} words={when(line.time)} />
          </li>
        ))}
      </ul>
    </article>
  )
}
