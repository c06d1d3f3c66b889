/**
 * The plugin contract (DESIGN D7). A plugin is three small files: `shared` declares, pure and readable without running
 * anything else; `server(ctx)` and `client(ctx)` register things on a context, and every registration can be undone, so
 * that a plugin is switched off while everything runs. docs/PLUGINS.md is the author's guide.
 */
import type { Fields } from './plugin/fields.ts'
import type { ExportRule, FormatAdditions, ImportRule } from './text/formats.ts'

export type { Field, Fields, FieldValue, Scope, Values } from './plugin/fields.ts'
export type { ServerContext, ServerEvents, ServerHalf } from './plugin/server.ts'
export type {
  EndedLogin,
  Login,
  LoginFacts,
  LoginField,
  LoginForm,
  LoginIdentity,
  LoginProvider,
  LoginStart,
} from './plugin/login.ts'
export type {
  AuthorView,
  ClientContext,
  ClientHalf,
  LateView,
  PanelPart,
  PluginAction,
} from './plugin/client.ts'
export type { BoardFrame, BoardPart, PadBoard } from './plugin/board.ts'
export type {
  PadPicture,
  PadPictures,
  PictureSeen,
  PictureTrouble,
  PictureUnderWay,
} from './plugin/pictures.ts'
export type { PadTables } from './plugin/tables.ts'
export type { SurfaceContent, SurfaceHandle, SurfaceMode, SurfacePart } from './plugin/surface.ts'

/** The version of this contract; a plugin that says another one is refused with a sentence. */
export const PLUGIN_API = 1

/** ProseMirror's transactions with this meta show what undo or redo brought back or took out (SPEC-text R13). */
export const UNDONE = 'undone'

/** Undoes one registration; a second call does nothing. */
export type Off = () => void

/** The facts of a plugin that are known without loading it: `plugin.json`, or `inkpad` in a package's package.json. */
export interface PluginFacts {
  /** Etherpad's name where it has the plugin. */
  name: string
  title: string
  /** One sentence for the administrator. */
  about: string
  api: number
  version: string
  /** On without being asked for. Only bundled plugins may be. */
  standard: boolean
  /** Names of plugins that must be on as well. */
  needs: readonly string[]
  /** Languages there are translations for; `en` is always one of them. */
  languages: readonly string[]
}

/** Payloads of a plugin's messages by their names; they travel between the people of one pad. */
export type Messages = Record<string, unknown>

/** What a plugin declares: pure data and pure functions, loaded by the server, by pages and by exports. */
export interface Declaration<F extends Fields = Fields, M extends Messages = Messages> {
  name: string
  settings?: F
  /** Checks of what comes in; each throws on what is wrong. The server runs them on every message. */
  messages?: { readonly [K in keyof M]: (payload: unknown) => M[K] }
  /** Formats of characters, of lines, kinds of embeds, with how each is drawn and read (SPEC-text T3). */
  formats?: Omit<FormatAdditions, 'exports' | 'imports'>
  /** How its embeds and formats stand in files, by kind of embed or name of format (SPEC-formats F15). */
  exports?: Readonly<Record<string, ExportRule>>
  /** Which elements of pasted and imported HTML are its embeds, by kind (SPEC-formats F16). */
  imports?: Readonly<Record<string, ImportRule>>
}

/** What `shared.ts` exports as `plugin`. Only types; gives back what it gets. */
export function plugin<const F extends Fields, M extends Messages>(
  declaration: Declaration<F, M>,
): Declaration<F, M> {
  return declaration
}

/** All that a plugin adds to the table of formats; null for nothing. */
export function additionsOf({ formats, exports, imports }: Declaration): FormatAdditions | null {
  if (!formats && !exports && !imports) return null
  return { ...formats, ...(exports ? { exports } : {}), ...(imports ? { imports } : {}) }
}

const NAME = /^ep_[a-z0-9][a-z0-9_-]{0,60}$/

/** Whether a name can be a plugin's: `ep_` and then small letters, digits, `_` and `-`. */
export function isPluginName(name: unknown): name is string {
  return typeof name === 'string' && NAME.test(name)
}
