/** The ground an editor stands on: a schema with the formats of all plugins, and how their embeds are drawn. */
import { effect, signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { DOMSerializer } from 'prosemirror-model'
import type { Schema } from 'prosemirror-model'
import type { EditorView, NodeView, NodeViewConstructor } from 'prosemirror-view'
import type { Off } from '../../shared/plugin.ts'
import { coreFormats } from '../../shared/text/formats.ts'
import type { Formats } from '../../shared/text/formats.ts'
import { createSchema, kindOf, schema as coreSchema } from '../editor/schema.ts'
import type { Ground, PadModel } from '../pad/model.ts'
import type { Parts } from './parts.ts'

/** Ms the page waits, once it has the text, for plugins that do not come; the text then stands without them first. */
const PATIENCE = 1500
/** Ms after the end of a composition before the editor may be made again: ProseMirror reads the page first. */
const COMPOSED = 100
/** Ms a composition may keep the editor as it is. */
const COMPOSING = 10_000

/** What the ground is made from. */
export interface GroundParts {
  model: PadModel
  formats: ReadonlySignal<Formats>
  /** Resolves when the plugins of the page's start are there. */
  settled: Promise<void>
  /** Told when the page waits no longer for those that are not there. */
  impatient?: () => void
  report: (error: unknown) => void
}

/** Keeps `model.ground` right from the moment the first plugins are there. */
export function keepGround({ model, formats, settled, impatient, report }: GroundParts): Off {
  const begun = signal(false)
  const begin = (): void => {
    if (begun.peek()) return
    impatient?.()
    begun.value = true
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  void settled.then(begin, begin)
  void model.session.ready.then(() => (timer = setTimeout(begin, PATIENCE)))
  let cancel: Off = () => undefined
  let shown: { formats: Formats; views: unknown; ground: Ground } | null = null
  const stop = effect(() => {
    if (!begun.value) return
    const now = formats.value
    const views = model.parts.embedViews.parts.value
    cancel()
    cancel = whenComposed(model.editor.peek()?.view, () => {
      if (shown?.formats === now && shown.views === views) return
      const schema = shown?.formats === now ? shown.ground.schema : schemaOf(now)
      const ground = { schema, nodeViews: nodeViewsOf(views, report) }
      shown = { formats: now, views, ground }
      model.ground.value = ground
    })
  })
  return () => {
    clearTimeout(timer)
    cancel()
    stop()
  }
}

function schemaOf(formats: Formats): Schema {
  return formats === coreFormats ? coreSchema : createSchema(formats)
}

/** Runs `work` now, or when nobody is in the middle of a character any more. */
function whenComposed(view: EditorView | undefined, work: () => void): Off {
  if (!view?.composing) {
    work()
    return () => undefined
  }
  let timer = setTimeout(done, COMPOSING)
  const later = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => (view.composing ? (timer = setTimeout(done, COMPOSING)) : done()), COMPOSED)
  }
  const off = (): void => {
    clearTimeout(timer)
    view.dom.removeEventListener('compositionend', later)
  }
  function done(): void {
    off()
    work()
  }
  view.dom.addEventListener('compositionend', later)
  return off
}

type EmbedViews = Parts['embedViews']['parts']['value']

/** One node view for each of the two embed nodes, which asks the plugin of the embed's kind. */
function nodeViewsOf(views: EmbedViews, report: (error: unknown) => void): Ground['nodeViews'] {
  if (views.length === 0) return {}
  const makers = new Map(views.map(({ value }) => [value.kind, value.make]))
  const make: NodeViewConstructor = (node, view, getPos, decorations, inner) => {
    try {
      const maker = makers.get(kindOf(node))
      if (maker) return maker(node, view, getPos, decorations, inner)
    } catch (error) {
      report(error)
    }
    return plainView(view, node)
  }
  return { embed: make, block: make }
}

/** As the schema draws it. */
function plainView(view: EditorView, node: Parameters<NodeViewConstructor>[0]): NodeView {
  const spec = node.type.spec.toDOM?.(node) ?? ['span']
  return DOMSerializer.renderSpec(view.dom.ownerDocument, spec)
}
