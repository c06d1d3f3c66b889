import type { JSX } from 'preact'
import { say } from '../words.ts'
import type { Bringer } from './bring.ts'
import '../../styles/board-pictures.css'

/** Pictures on their way: a name and a bar for each. */
export function PicturesUnderWay({ bringer }: { bringer: Bringer }): JSX.Element {
  const { value: all } = bringer.underWay
  if (all.length === 0) return <></>
  return (
    <div class="bringing island" role="status">
      {all.map(({ id, name, part }) => (
        <label key={id}>
          <span dir="auto">{say('board.pictureComing', { name })}</span>
          <progress max={1} value={part} />
        </label>
      ))}
    </div>
  )
}
