import { useSignal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { ClientContext, Off } from '../../shared/plugin.ts'
import type { BoardFrame, BoardPart } from '../../shared/plugin/board.ts'
import type { declaration } from './shared.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

interface PickProps {
  context: ClientContext<Fields>
  onPick: (part: BoardPart) => void
}

/** What of the board the picture shows: all of it, or one of its frames. */
export function PickPart({ context, onPick }: PickProps): JSX.Element {
  const frames = useSignal<ReadonlySignal<readonly BoardFrame[] | null> | null>(null)
  const { Choices } = context.ui
  useEffect(() => {
    let off: Off | undefined
    let ended = false
    const follow = async (): Promise<void> => {
      const board = await context.board()
      if (ended) return
      const found = board.frames()
      off = found.off
      frames.value = found.list
    }
    // Without the board there is only the whole of it to choose.
    follow().catch(() => undefined)
    return () => {
      ended = true
      off?.()
    }
  }, [])
  const list = frames.value?.value ?? []
  return (
    <Choices
      label={context.t('picture')}
      value={null}
      options={[
        { value: '', label: context.t('all') },
        ...list.map(({ id, name }, index) => ({
          value: id,
          label: name === '' ? context.t('frame', { n: index + 1 }) : name,
        })),
      ]}
      onChange={(id: string) => onPick(id === '' ? { kind: 'all' } : { kind: 'shape', id })}
    />
  )
}
