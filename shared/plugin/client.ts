/** What a plugin's client half may do in a pad's page: the typed context its `client(ctx)` gets (DESIGN D7, D12). */
import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChild, ComponentType, JSX } from 'preact'
import type { Node } from 'prosemirror-model'
import type { Command, EditorState, Plugin } from 'prosemirror-state'
import type { EditorView, NodeView, NodeViewConstructor } from 'prosemirror-view'
import type * as Y from 'yjs'
import type { Level } from '../access.ts'
import type { Messages, Off } from '../plugin.ts'
import type { Person } from '../protocol.ts'
import type { Embed, FormatValue } from '../text/delta.ts'
import type { PadBoard } from './board.ts'
import type { PadPictures } from './pictures.ts'
import type { Fields, Values } from './fields.ts'
import type { SuggestionSource } from './suggest.ts'
import type { SurfaceMode, SurfacePart } from './surface.ts'
import type { PadTables } from './tables.ts'

/** One thing a person can do; toolbar, menus, keys and the shortcut help are made from it. */
export interface PluginAction {
  /** Etherpad's toolbar key where it has one. Unique in the page. */
  id: string
  /** A key of the plugin's translations. */
  label: string
  /** A name of Inkpad's icons, or the path data of one drawn on 20 x 20 with strokes of 1.5. */
  icon: string
  /** ProseMirror's notation (`Mod-Shift-x`). A key that is taken is refused, with a warning in the log. */
  keys?: string
  group: 'text' | 'lines' | 'page'
  /**
   * Where it has a button: the toolbar, the choice of line styles, the menu of more, the page's menu, the selection's
   * bubble, the menu that `/` opens in the text. All actions stand in the palette of commands.
   */
  place: readonly ('bar' | 'style' | 'more' | 'menu' | 'bubble' | 'slash')[]
  /** A key of the plugin's translations: a few words on what it does, shown under its name where there is room. */
  hint?: string
  /** A key of the plugin's translations: further words by which people look for it. */
  keywords?: string
  /** In a bar: what keeps its place when room is short; higher stays longer (the core's are 0 to 6). */
  priority?: number
  /**
   * In a bar: actions share a group between dividers when this is the same. The core's groups are `undo`, `style`,
   * `text`, `lists` and `authors`; in the choice of line styles `headings` stands after plain text, others last.
   */
  section?: string
  /** Only for those who may write. */
  writes: boolean
  /** Is it on? Reads only the state it gets. */
  active?: (state: EditorState) => boolean
  /** Can it be done now? Left out: always. */
  enabled?: (state: EditorState) => boolean
  /** Does it. A plugin's {@link PluginAction.pick} makes this unnecessary. */
  run?: () => void
  /** Opens a popover with this inside, beside the button. */
  pick?: (close: () => void) => ComponentChild
}

/** A place beside the text, opened by an action of the same id that is made for it. */
export interface PanelPart {
  id: string
  /** A key of the plugin's translations. */
  title: string
  icon: string
  view: () => ComponentChild
  /** Where its action has a button; left out: the page's menu. An action of one's own with the same id replaces it. */
  place?: PluginAction['place']
  keys?: string
  /** On wide screens: `start` is the contents' side, beside the text and always there while open. */
  side?: 'start' | 'end'
}

/** A way of showing who wrote what. `#text` carries `data-authors=ID`; the plugin's style sheet draws it. */
export interface AuthorView {
  id: string
  /** A key of the plugin's translations. */
  label: string
}

/** What the selection's formats are. */
export interface SelectedFormats {
  /** The inline format's value on the whole selection; null where none or not everywhere the same. */
  inline(key: string): FormatValue
  /** The line format's value on all selected lines; null where none or not everywhere the same. */
  line(key: string): FormatValue
}

/** Inkpad's own controls, so that plugins look and behave alike. Props are those of `client/ui`. */
export type PluginUi = Readonly<
  Record<
    | 'Avatar'
    | 'Button'
    | 'Choices'
    | 'Dialog'
    | 'Field'
    | 'Icon'
    | 'Input'
    | 'Menu'
    | 'Panel'
    | 'Popover'
    | 'Segmented'
    | 'Select'
    | 'Switch'
    | 'ToolButton',
    // oxlint-disable-next-line typescript/no-explicit-any -- the props stand beside each component in client/ui
    ComponentType<any>
  >
>

/** Draws an embed into an element. */
export type LateView = (dom: HTMLElement, ...args: Parameters<NodeViewConstructor>) => Omit<NodeView, 'dom'>

export interface ClientContext<F extends Fields = Fields, M extends Messages = Messages> {
  readonly name: string
  /** The settings in force for this person in this pad; reading them in a view or an effect follows their changes. */
  settings(): Values<F>
  /** Decides one of scope `user` for this person, on this device. */
  setSetting<K extends keyof F & string>(key: K, value: Values<F>[K]): void
  /** The plugin's words in the language in use, of `locales/CODE.json`. */
  t(key: string, values?: Readonly<Record<string, string | number>>): string
  readonly log: Record<'warn' | 'error', (message: string) => void>

  /** The name in the page's address. */
  readonly pad: string
  readonly me: ReadonlySignal<Person>
  readonly people: ReadonlySignal<readonly (Person & { here: boolean })[]>
  readonly level: ReadonlySignal<Level>
  readonly mayWrite: ReadonlySignal<boolean>
  /** What the plugin's server half gave the page (`startData`). */
  readonly startData: unknown
  /** Address of the plugin's routes, relative to the page; `path` without a leading slash. */
  url(path: string): string

  readonly doc: Y.Doc
  readonly text: Y.Text
  /** The editor's state; null until there is an editor. Reading `.value` in a view follows every key: read as little as possible. */
  readonly state: ReadonlySignal<EditorState | null>
  readonly view: ReadonlySignal<EditorView | null>
  /** Whose a Yjs client id is. */
  authorOf(client: number): string | undefined
  person(author: string): Person | undefined

  /** Commands on formats and embeds, and what the selection has. */
  readonly formats: {
    /** Puts an inline format on the selection, or on what is typed next; null takes it off. */
    setInline(key: string, value: FormatValue): Command
    toggleInline(key: string): Command
    /** Puts line formats on the selected lines; null takes one off. */
    setLines(values: Readonly<Record<string, FormatValue>>): Command
    selected(state: EditorState): SelectedFormats
    /**
     * Puts an embed (one key, its kind, and its value as JSON) at the cursor, in place of what is selected; a kind of
     * `formats.blocks` on a line of its own below the cursor's.
     */
    insertEmbed(embed: Embed): Command
    /** Gives the embed at a place (`getPos` of its view) another value of its kind. */
    changeEmbed(pos: number, embed: Embed): Command
    /** The embed a node of the editor stands for; null for other nodes. */
    embedOf(node: Node): Embed | null
  }
  /** Puts Markdown at the cursor as formats, in one step of undo; false when nobody may write, or it cannot be read now. */
  insertMarkdown(text: string): Promise<boolean>
  /** Runs a command on the text and gives it the focus; false when it did not apply or nobody may write. */
  run(command: Command): boolean
  /** Puts the cursor into a line, counted from 0, and shows it. */
  goToLine(line: number): void

  action(action: PluginAction): Off
  panel(panel: PanelPart): Off
  /** Opens one's own panel, or closes it; one that opens `quiet`ly, by itself, leaves the focus where it is. */
  showPanel(id: string | null, how?: { quiet?: boolean }): void
  /** A whole work area beside the text, or in its place. */
  surface(surface: SurfacePart): Off
  /**
   * Opens one's own surface, or closes it; `mode` as long as the page is open instead of what the person chose; `quiet`ly
   * leaves the focus where it is.
   */
  showSurface(id: string | null, how?: { mode?: SurfaceMode; quiet?: boolean }): void
  /** The pad's board, fetched when it is asked for first. Rejects when it cannot be fetched. */
  board(): Promise<PadBoard>
  /** Shows the text's tables from now on; the code for it is fetched. Rejects when it cannot be, or there is no editor. */
  tables(): Promise<PadTables>
  /** The pictures of the pad's text; what keeps and shows them is fetched when they are asked for first. */
  pictures(): Promise<PadPictures>
  /** Offers something at the cursor while somebody types on after a sign; `label` is a key of the plugin's translations. */
  suggest(source: Omit<SuggestionSource, 'label'> & { label: string }): Off
  authorView(view: AuthorView): Off
  /** A strip above the text. */
  banner(view: () => ComponentChild): Off
  /** A few words at the foot of the text. */
  foot(view: () => ComponentChild): Off
  /** A part of the panel of settings; settings of scope `user` and `pad` are there by themselves. */
  settingsPart(view: () => ComponentChild): Off
  /** The pad's title instead of its name; null for none. */
  title(title: ReadonlySignal<string | null>): Off
  /** Puts an element of the plugin's into the header's title, such as a field that changes it. */
  titleEditor(view: (title: string) => ComponentChild): Off
  prosemirror(plugin: Plugin): Off
  /** How an embed of this kind is drawn. */
  embedView(kind: string, make: NodeViewConstructor): Off
  /** The same, fetched when the first embed of the kind is drawn, into an element of this name that stands there at once. */
  lateEmbedView(kind: string, tag: string, load: () => Promise<LateView>): Off
  /** A class and attributes for the element that holds the text, while the page shows it. */
  textAttributes(give: () => Readonly<Record<string, string>>): Off

  receive<K extends keyof M & string>(name: K, listener: (from: Person | null, payload: M[K]) => void): Off
  /** False without a connection: messages are never kept for later. */
  send<K extends keyof M & string>(name: K, payload: M[K]): boolean

  readonly ui: PluginUi
  /** A short message that goes by itself. */
  toast(message: string, kind?: 'info' | 'warning'): void
  /** Words for screen readers. */
  announce(message: string): void
}

/** What `client.tsx` exports as `client`; what it gives back is called when the plugin is switched off. */
export type ClientHalf<F extends Fields = Fields, M extends Messages = Messages> = (
  context: ClientContext<F, M>,
) => void | Off | Promise<void | Off>

/** A view of a plugin, for those who write one as a component. */
export type View = () => JSX.Element | null
