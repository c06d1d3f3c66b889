/** The people one can mention, and what happens when one is chosen. */
import type { ClientContext, Fields } from '../../shared/plugin.ts'
import { readMention } from './shared.ts'
import type { Told } from './shared.ts'

export type Context<F extends Fields = Fields> = ClientContext<F, { mention: Told }>

/** People offered at once. */
const MOST = 8

interface Option {
  id: string
  label: string
  sign: string
  hint?: string
  run: () => void
}

/** Registers the suggestions and the action. */
export function offerPeople(context: Context): void {
  context.suggest({
    sign: '@',
    label: 'people',
    find: (query) => [{ title: '', options: found(context, query) }],
  })
  context.action({
    id: 'mention',
    label: 'mention',
    hint: 'hint',
    icon: 'people',
    group: 'page',
    place: ['slash', 'more'],
    writes: true,
    pick: (close) => <Pick context={context} close={close} />,
  })
}

function Pick({ context, close }: { context: Context; close: () => void }) {
  const { Button } = context.ui
  const people = found(context, '')
  return (
    <div class="ep-mentions-pick">
      {people.map(({ id, label, run }) => (
        <Button
          key={id}
          kind="quiet"
          size="wide"
          onClick={() => {
            close()
            run()
          }}
        >
          {label}
        </Button>
      ))}
      {people.length === 0 && <p class="hint">{context.t('nobody')}</p>}
    </div>
  )
}

/** Those whose name fits, who is here first. */
function found(context: Context, query: string): Option[] {
  const wanted = plain(query)
  return context.people
    .peek()
    .filter(({ author, name }) => author !== context.me.peek().author && name !== '')
    .filter(({ name }) => ` ${plain(name)}`.includes(` ${wanted}`))
    .sort((a, b) => Number(b.here) - Number(a.here))
    .slice(0, MOST)
    .map(({ author, name, here }) => ({
      id: author,
      label: name,
      sign: '@',
      ...(here ? {} : { hint: context.t('away') }),
      run: () => put(context, author, name),
    }))
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

/** Puts the mention and a blank, and tells the person. */
function put(context: Context, author: string, name: string): void {
  const insert = context.formats.insertEmbed({ mention: { author, name } })
  const done = context.run((state, dispatch) =>
    insert(state, dispatch && ((tr) => dispatch(tr.insertText(' ')))),
  )
  if (!done) return
  const line = context.state.peek()?.selection.$from.parent
  const words = line?.textBetween(0, line.content.size, '', (node) => {
    const mention = readMention(context.formats.embedOf(node)?.['mention'])
    return mention ? `@${mention.name}` : ''
  })
  context.send('mention', { to: author, by: context.me.peek().name, words: words ?? '' })
}
