/** The part of a plugin's context that makes whole work areas: `surface`, `showSurface`. */
import type { ClientContext, SurfaceContent, SurfacePart } from '../../shared/plugin.ts'
import { isSurfaceId } from '../pad/surfaces.ts'
import { iconShape } from '../ui/icons.ts'
import type { ActionServices } from './context-actions.ts'
import { within } from './within.ts'

/** Ms a surface may take to load. */
const LOAD_LIMIT = 15_000

/** Makes that part; `addAction` puts an action of the page under the plugin's name. */
export function surfaceParts(
  services: ActionServices & Pick<ClientContext, 'action'>,
): Pick<ClientContext, 'surface' | 'showSurface'> {
  const { model, words, name, keep, log } = services
  const { surfaces } = model
  const own = new Set<string>()

  return {
    surface({ id, title, icon, place = ['header'], keys, mode = 'beside', content }) {
      const taken = model.parts.surfaces.parts.peek().some(({ value }) => value.id === id)
      if (!isSurfaceId(id) || taken || services.hasAction(id)) {
        log('warn', `there cannot be a surface ${id}, or there is one of this id already`)
        return () => undefined
      }
      own.add(id)
      const off = model.parts.surfaces.add(name, {
        id,
        title: () => words.t(title),
        icon: iconShape(icon),
        header: place.includes('header'),
        mode,
        content: once(content, (error) => log('error', `surface ${id}: ${String(error)}`)),
      })
      // The header has no room for it on a phone, where the menu has it.
      const action = services.action({
        id,
        label: title,
        icon,
        group: 'page',
        place: place.flatMap((one) => (one === 'header' ? ['menu' as const] : [one])),
        writes: false,
        ...(keys === undefined ? {} : { keys }),
        active: () => surfaces.open.value?.value.id === id,
        run: () => (surfaces.open.peek()?.value.id === id ? surfaces.close(id) : surfaces.show(id)),
      })
      return keep(() => {
        own.delete(id)
        surfaces.close(id)
        action()
        off()
      })
    },
    showSurface(id, how) {
      if (id === null) for (const one of own) surfaces.close(one)
      else if (own.has(id)) surfaces.show(id, how)
    },
  }
}

/** Loads once, and again after it failed. */
function once(
  content: SurfacePart['content'],
  failed: (error: unknown) => void,
): () => Promise<SurfaceContent> {
  let loading: Promise<SurfaceContent> | undefined
  return () => {
    loading ??= load(content).catch((error: unknown) => {
      loading = undefined
      failed(error)
      throw error
    })
    return loading
  }
}

async function load(content: SurfacePart['content']): Promise<SurfaceContent> {
  const given: unknown = await within(
    Promise.resolve().then(content),
    LOAD_LIMIT,
    `it did not load within ${LOAD_LIMIT / 1000} s`,
  )
  if (isContent(given)) return given
  throw new TypeError('its content is neither a view nor something to mount')
}

function isContent(given: unknown): given is SurfaceContent {
  if (typeof given !== 'object' || given === null) return false
  return typeof Reflect.get(given, 'mount') === 'function' || typeof Reflect.get(given, 'view') === 'function'
}
