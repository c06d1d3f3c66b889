/** A picture as a part of the text: figure, caption, how it stands on its way, and while it is selected its tools. */
import type { Node as ProseNode } from 'prosemirror-model'
import type { NodeViewConstructor } from 'prosemirror-view'
import { effect } from '@preact/signals'
import type { ClientContext, LateView, Off, PadPictures, PictureSeen } from '../../shared/plugin.ts'
import type { Shown } from './shown.ts'
import { KIND, pictureEmbed, readPicture } from './value.ts'
import type { Picture } from './value.ts'

/** CSS pixels that a picture is high until somebody chooses its size: a tall photograph leaves room for text. */
const HIGH = 480

/** Draws a picture into its figure; what is none here says so. */
export function pictureView(context: ClientContext): LateView {
  return (figure, node, view, getPos) => {
    const first = pictureOf(context, node)
    if (first) return draw(context, figure, first, view, getPos)
    figure.classList.add('placeholder')
    figure.textContent = context.t('unknown')
    return { update: (next) => next.attrs['embed'] === node.attrs['embed'] }
  }
}

function pictureOf(context: ClientContext, node: ProseNode): Picture | null {
  return readPicture(context.formats.embedOf(node)?.[KIND])
}

function draw(
  context: ClientContext,
  figure: HTMLElement,
  first: Picture,
  view: Parameters<NodeViewConstructor>[1],
  getPos: Parameters<NodeViewConstructor>[2],
): ReturnType<LateView> {
  let picture = first
  let tools: Off | null = null
  let ended = false
  figure.classList.add('ep-images')
  const image = document.createElement('img')
  image.draggable = false
  image.decoding = 'async'
  image.loading = 'lazy'
  const state = document.createElement('span')
  state.className = 'ep-images-state'
  const bar = document.createElement('progress')
  bar.max = 1
  const caption = document.createElement('figcaption')
  figure.append(image, state, bar, caption)

  const size = (show: number | null): void => {
    const high = Math.round((HIGH * picture.width) / picture.height)
    figure.style.inlineSize = show === null ? `${Math.min(picture.width, high)}px` : `${show}%`
  }
  const dress = (): void => {
    image.width = picture.width
    image.height = picture.height
    image.alt = picture.alt
    caption.textContent = picture.caption
    caption.hidden = picture.caption === ''
    figure.dataset['align'] = picture.align ?? ''
    figure.setAttribute('aria-label', picture.caption || picture.alt || context.t('picture'))
    figure.dataset['picture'] = picture.key
    size(picture.show)
  }
  const shown: Shown = {
    get picture() {
      return picture
    },
    figure,
    change(to) {
      const pos = getPos()
      if (pos === undefined) return
      if (!context.run(context.formats.changeEmbed(pos, pictureEmbed({ ...picture, ...to })))) dress()
    },
    preview: size,
    remove() {
      const pos = getPos()
      if (pos === undefined) return
      context.run((current, dispatch) => {
        dispatch?.(current.tr.delete(pos, pos + 1))
        return true
      })
    },
  }
  const say = (seen: PictureSeen): void => {
    figure.dataset['seen'] = seen
    state.textContent = seen === 'shown' ? '' : context.t(`seen.${seen}`)
  }
  let stop: Off = () => undefined
  async function show(): Promise<void> {
    const pictures = await context.pictures()
    if (ended) return
    const hide = pictures.show(image, picture.key, say)
    const follow = onItsWay(context, pictures, picture.key, bar, state)
    stop = () => {
      hide()
      follow()
    }
  }
  const begin = (): void => {
    say('loading')
    show().catch(() => say('away'))
  }
  dress()
  begin()

  const describePicture = async (): Promise<void> => {
    const { describe } = await import('./tools.tsx')
    describe(context, shown)
  }
  const openFull = async (): Promise<void> => {
    const { openFullView } = await import('./full-view.ts')
    openFullView(context, figure)
  }
  const open = (): void => {
    openFull().catch(() => context.toast(context.t('trouble.offline'), 'warning'))
  }
  figure.addEventListener('describe', () => {
    describePicture().catch(() => context.toast(context.t('trouble.offline'), 'warning'))
  })
  figure.addEventListener('dblclick', open)
  figure.addEventListener('click', () => {
    if (!view.editable) open()
  })

  return {
    update(next) {
      const now = pictureOf(context, next)
      if (!now) return false
      const other = now.key !== picture.key
      picture = now
      dress()
      if (other) {
        stop()
        begin()
      }
      return true
    },
    selectNode() {
      if (!view.editable) return
      let wanted = true
      tools = () => (wanted = false)
      const mount = async (): Promise<void> => {
        const { mountTools } = await import('./tools.tsx')
        if (wanted && !ended) tools = mountTools(context, shown, open)
      }
      // Without them the keys do all the same.
      mount().catch(() => undefined)
    },
    deselectNode() {
      tools?.()
      tools = null
    },
    stopEvent: (event) =>
      event.target instanceof Element && event.target.closest('.ep-images-tools') !== null,
    destroy() {
      ended = true
      tools?.()
      stop()
    },
  }
}

/** The bar of a picture that this device is sending, and words where it never will be sent. */
function onItsWay(
  context: ClientContext,
  pictures: PadPictures,
  key: string,
  bar: HTMLProgressElement,
  state: HTMLElement,
): Off {
  bar.setAttribute('aria-label', context.t('sending'))
  return effect(() => {
    const way = pictures.underWay.value.get(key)
    bar.hidden = way === undefined || way.trouble !== null
    if (way) bar.value = way.part
    if (way?.trouble) state.textContent = context.t(`trouble.${way.trouble}`)
  })
}
