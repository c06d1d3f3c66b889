/** The part of a plugin's context that makes buttons, keys and panels: `action`, `panel`, `showPanel`. */
import type { ClientContext, Off, PanelPart, PluginAction } from '../../shared/plugin.ts'
import type { Action } from '../pad/actions.ts'
import { closePanel, isPanelOpen, openPanel } from '../pad/panels.ts'
import { iconShape } from '../ui/icons.ts'
import type { ContextParts } from './context.ts'

/** What the parts of a context that make buttons are made from. */
export interface ActionServices extends Pick<
  ContextParts,
  'model' | 'words' | 'hasAction' | 'hasKeys' | 'log'
> {
  name: string
  keep: (undo: Off) => Off
  guarded: <T>(what: string, work: () => T, otherwise: T) => T
}

/** Makes that part. */
export function actionParts(services: ActionServices): Pick<ClientContext, 'action' | 'panel' | 'showPanel'> {
  const { model, words, name, keep, guarded, log } = services
  /** Undo of the actions that were made for panels, by id. */
  const made = new Map<string, Off>()
  const panels = new Set<string>()

  function add(action: PluginAction): Off {
    if (services.hasAction(action.id)) {
      log('warn', `there is an action ${action.id} already`)
      return () => undefined
    }
    const free = action.keys === undefined || !services.hasKeys(action.keys)
    if (!free) log('warn', `the key ${action.keys} of ${action.id} is taken`)
    return model.parts.actions.add(name, toAction(free ? action : { ...action, keys: undefined }))
  }

  function toAction(given: PluginAction): Action {
    const { id, label, icon, keys, group, place, priority, section, writes, active, enabled, run, pick } =
      given
    const { hint, keywords } = given
    const toggle = (): void => (isPanelOpen(model, id) ? closePanel : openPanel)(model, id)
    const open = (from?: Element): void => {
      const shown = model.picking.peek()?.id === id
      model.picking.value = shown ? null : { id, from: from ?? null }
    }
    return {
      id,
      label: () => words.t(label),
      icon: iconShape(icon),
      group,
      place,
      writes,
      ...(hint === undefined ? {} : { hint: () => words.t(hint) }),
      ...(keywords === undefined ? {} : { keywords: () => words.t(keywords) }),
      ...(keys === undefined ? {} : { keys }),
      ...(priority === undefined ? {} : { priority }),
      ...(section === undefined ? {} : { section }),
      ...(active
        ? { active: (_formatting, state) => guarded(`active of ${id}`, () => active(state), false) }
        : panels.has(id)
          ? { active: () => isPanelOpen(model, id) }
          : {}),
      ...(enabled ? { enabled: (state) => guarded(`enabled of ${id}`, () => enabled(state), false) } : {}),
      ...(pick ? { pick } : {}),
      run: (from) => {
        if (pick) open(from)
        else if (run) guarded(id, run, undefined)
        else if (panels.has(id)) toggle()
      },
    }
  }

  return {
    action(action) {
      made.get(action.id)?.()
      return keep(add(action))
    },
    panel({ id, title, icon, view, side = 'end', place = ['menu'], keys }: PanelPart) {
      panels.add(id)
      const off = model.parts.panels.add(name, { id, title: () => words.t(title), view, side })
      const own = model.parts.actions.parts
        .peek()
        .some((part) => part.plugin === name && part.value.id === id)
      if (!own) {
        const action = { id, label: title, icon, group: 'page', place, writes: false } as const
        made.set(id, keep(add(keys === undefined ? action : { ...action, keys })))
      }
      return keep(() => {
        closePanel(model, id)
        panels.delete(id)
        made.get(id)?.()
        made.delete(id)
        off()
      })
    },
    showPanel(id, { quiet = false } = {}) {
      if (id === null) for (const one of panels) closePanel(model, one)
      else if (panels.has(id)) openPanel(model, id, quiet)
    },
  }
}
