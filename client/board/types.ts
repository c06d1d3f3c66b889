/**
 * What the rooms of the board know of each other. Arrows point one way: `scene` and `camera` know only `shared/board`;
 * `view` paints them; `editor` changes them; `input` feeds the editor; `together` brings in the others; `ui` shows and
 * steers all of it. Lengths are page units (CSS pixels at 100 %) unless a name says screen.
 */
import type { ReadonlySignal, Signal } from '@preact/signals'
import type { Bounds } from '../../shared/board/geometry/bounds.ts'
import type { Box } from '../../shared/board/geometry/box.ts'
import type { Asset, Board, Settings } from '../../shared/board/model/board.ts'
import type { Shape } from '../../shared/board/model/shape.ts'
import type { Style } from '../../shared/board/model/style.ts'
import type { Tree } from '../../shared/board/model/tree.ts'
import type { BoardUndo } from '../../shared/board/model/undo.ts'

/** Undoes a registration; a second call does nothing. */
export type Off = () => void

/** A place: of the page, or of the screen (CSS pixels from the board's own upper left corner). */
export interface Point {
  readonly x: number
  readonly y: number
}

// ---------------------------------------------------------------- scene: the document as it is shown (no DOM)

/** What one transaction changed. */
export interface SceneChange {
  /** Shapes that came, changed or went. */
  readonly ids: ReadonlySet<string>
  /** All that has to be painted anew: where they were and where they are. */
  readonly dirty: readonly Bounds[]
  /** Only new shapes on top of all others: they can be painted over what is there. In painting order. */
  readonly onTop: readonly Shape[] | null
  /** Made on this page. */
  readonly own: boolean
}

/** A board's shapes, read once and kept equal with the document. */
export interface Scene {
  readonly board: Board
  readonly shapes: ReadonlyMap<string, Shape>
  readonly tree: () => Tree
  readonly settings: ReadonlySignal<Settings>
  readonly assets: ReadonlySignal<ReadonlyMap<string, Asset>>
  /** Counts up with each change: reading it in a view or an effect follows the scene. */
  readonly version: ReadonlySignal<number>
  /** What all shapes take up; null for an empty board. */
  content(): Bounds | null
  bounds(id: string): Bounds | null
  /** Shapes that touch `bounds`, in painting order; of groups their members. */
  within(bounds: Bounds): readonly Shape[]
  /** The same as {@link Scene.within}, found while it is asked for: for pieces that hold thousands. */
  walk(bounds: Bounds): Iterable<Shape>
  /** The same shapes in painting order. */
  inOrder(shapes: Iterable<Shape>): Shape[]
  /** Ids of the lines that stay on a shape. */
  linesOn(id: string): Iterable<string>
  /** The uppermost shape at a place, `tolerance` around it; `accept` leaves some out. */
  at(place: Point, tolerance: number, accept?: (shape: Shape) => boolean): Shape | null
  onChange(listener: (change: SceneChange) => void): Off
  destroy(): void
}

// ---------------------------------------------------------------- camera: what part of the page is on the screen (no DOM)

/** The page place in the upper left corner, and screen pixels for a page unit. */
export interface Place extends Point {
  readonly zoom: number
}

export interface Camera {
  readonly place: ReadonlySignal<Place>
  /** Of the board's element, in CSS pixels; the view sets it. */
  readonly size: Signal<{ readonly width: number; readonly height: number }>
  readonly seen: ReadonlySignal<Bounds>
  toPage(screen: Point): Point
  toScreen(page: Point): Point
  /** Zoom stays within 0.02 and 40. With `glide` it goes there in a moment, at once where less motion is wished for. */
  set(place: Place, how?: { glide?: boolean }): void
  /** Scrolls by screen pixels: what is to the right comes into sight with a positive `dx`. */
  pan(dx: number, dy: number): void
  /** Keeps what is under `around` (screen) where it is. */
  zoomTo(zoom: number, around?: Point, how?: { glide?: boolean }): void
  /** Shows all of `bounds`, `margin` screen pixels from the edges, no larger than `most`. */
  fit(bounds: Bounds, how?: { margin?: number; most?: number; glide?: boolean }): void
}

// ---------------------------------------------------------------- view: pixels (DOM)

/** A stroke that is being drawn, by this person or another: on the screen, not in the document yet. */
export interface LiveStroke {
  readonly id: string
  /** x, y and pressure (0 to 1; 0.5 without) by turns, on the page. Grows in place; `length` says how far it is good. */
  readonly points: { readonly values: Float64Array | readonly number[]; readonly length: number }
  readonly hasPressure: boolean
  readonly style: Style
  /** Where the pointer is expected next, in the same form: painted here, never told nor kept. */
  readonly ahead?: readonly number[]
}

/** Paints marks above the board: selection, handles, cursors. The context is in screen pixels. */
export type PaintOverlay = (context: CanvasRenderingContext2D, camera: Camera) => void

export interface View {
  /** Takes the pointer's events; fills its host. */
  readonly element: HTMLElement
  /** Shapes shown instead of those of the scene while a gesture lasts; null hides one. */
  preview(shapes: ReadonlyMap<string, Shape | null>): void
  /** Strokes being drawn. Calling it again with the same one paints what was added. */
  live(strokes: readonly LiveStroke[]): void
  /** Later ones paint above earlier ones. Painted once a frame at most, after `repaint` or when the camera moves. */
  overlay(paint: PaintOverlay): Off & { repaint: () => void }
  /** Paints now what is seen, sharp, into a canvas: for pictures to copy and save, and the overview. */
  picture(bounds: Bounds, scale: number, ground: boolean): Promise<HTMLCanvasElement>
  /** Resolves when everything seen is sharp. */
  settled(): Promise<void>
  destroy(): void
}

/** Pictures as they are painted; `together` brings them in, `createView` takes them. */
export interface Pictures {
  /** The picture, or null while it is not there: asking for one begins to fetch it. */
  image(asset: string): CanvasImageSource | null
  /** Why there is none; `gone` is for good until the page asks again. */
  state(asset: string): 'loading' | 'ready' | 'gone'
  /** A picture came, or will not come: what shows it has to be painted anew. */
  onChange(listener: (asset: string) => void): Off
}

// ---------------------------------------------------------------- editor: what a person does (no DOM)

export type ToolId =
  | 'select'
  | 'hand'
  | 'pen'
  | 'highlighter'
  | 'eraser'
  | 'shape'
  | 'line'
  | 'arrow'
  | 'connector'
  | 'text'
  | 'note'
  | 'image'
  | 'frame'
  | 'laser'
  | 'lasso'

/** One event of a pointer, ready for tools. */
export interface Pointer {
  readonly type: 'down' | 'move' | 'up' | 'cancel' | 'hover' | 'leave'
  readonly page: Point
  readonly screen: Point
  /** All places since the last event, oldest first, the last being `page`: x, y, pressure by turns. */
  readonly coalesced: readonly number[]
  /** Places where the browser expects it in the next moment, in the same form. */
  readonly predicted?: readonly number[]
  /** 0 to 1. */
  readonly pressure: number
  readonly hasPressure: boolean
  readonly device: 'mouse' | 'pen' | 'touch'
  /** The pen's other end, or its eraser button. */
  readonly eraser: boolean
  readonly button: number
  readonly shift: boolean
  readonly alt: boolean
  /** Ctrl, or Command on a Mac. */
  readonly mod: boolean
  /** Ms. */
  readonly time: number
  /** How many clicks in a row this is the last of. */
  readonly clicks: number
}

/** One thing a person can do on the board; toolbars, menus, keys, palette and the help are made from these. */
export interface BoardAction {
  readonly id: string
  /** A translation key. */
  readonly label: string
  readonly icon: string
  /** ProseMirror's notation, the first one is shown. */
  readonly keys?: readonly string[]
  readonly group: 'tool' | 'edit' | 'arrange' | 'view' | 'insert' | 'meeting' | 'board'
  readonly writes: boolean
  /** These read signals, so views follow them. */
  enabled(): boolean
  active?(): boolean
  run(): void
}

/** What the next shape will look like, for each tool that makes one. */
export type NextStyle = Readonly<Partial<Record<ToolId, Partial<Style>>>>

/** A gesture's marks, painted on the overlay. */
export interface Marks {
  /** The box round the selection with its handles is made from the selection; these come on top. Page units. */
  readonly marquee: Bounds | null
  readonly lasso: readonly Point[] | null
  readonly guides: readonly { readonly from: Point; readonly to: Point }[]
  /** The shape an end of a line would stay on. */
  readonly target: string | null
  /** Where the eraser is, and how far it reaches (page units). */
  readonly eraserAt: (Point & { readonly radius: number }) | null
}

/** How tools behave, for this person on this device. */
export interface ToolSettings {
  /** What is moved snaps to edges and middles of other shapes; to the board's grid. */
  readonly snapShapes: boolean
  readonly snapGrid: boolean
  /** The eraser takes only what it touches of a stroke. */
  readonly eraserPart: boolean
  /** How much the pen's hand is steadied, 0 to 1. */
  readonly steady: number
  /** A stroke that is held still at its end becomes the form it looks like. */
  readonly recognise: boolean
  /** Whether fingers draw, or only move the view; `auto`: until a pen has touched the board. */
  readonly fingers: 'auto' | 'draw' | 'move'
}

/** What the editor asks others to do; each is set by the room that can. */
export interface EditorHooks {
  /** Lets the person choose pictures for a place of the page. */
  pickImages?: ((at: Point) => void) | undefined
  /** Lets the person write the address that shapes lead to. */
  askLink?: ((ids: readonly string[]) => void) | undefined
  /** Opens the menu of the selection; `at` is a place on the screen. */
  menu?: ((at: Point) => void) | undefined
  /** Takes pasted or dropped files and SVG; false when it cannot. */
  takeFiles?: ((files: readonly File[], at: Point) => boolean) | undefined
  /** Of SVG, or of what Excalidraw copies. */
  takeSvg?: ((drawing: string, at: Point) => boolean) | undefined
  /** Pictures whose bytes may lie beside another board came with pasted shapes. */
  bringPictures?: ((assets: readonly string[]) => void) | undefined
  /** The system's clipboard for buttons; keys have the browser's own events. */
  clipboard?:
    | {
        write(clip: { readonly html: string; readonly text: string }): void
        read(): Promise<{ readonly html: string; readonly text: string; readonly files: readonly File[] }>
      }
    | undefined
}

export interface Editor {
  readonly scene: Scene
  readonly camera: Camera
  readonly undo: BoardUndo
  /** Origin of this person's transactions; what else writes for them (such as text) uses it, so that undo knows it. */
  readonly origin: unknown
  readonly hooks: EditorHooks
  readonly settings: Signal<ToolSettings>
  readonly tool: ReadonlySignal<ToolId>
  readonly selection: ReadonlySignal<ReadonlySet<string>>
  /** What the selection's handles are on, as it is shown now; null for none and for a line alone. */
  readonly box: ReadonlySignal<Box | null>
  /** The group that was gone into: clicks reach what is in it. */
  readonly inside: ReadonlySignal<string | null>
  /** The shape under the pointer that a click would select. */
  readonly hovered: ReadonlySignal<string | null>
  /** The shape whose text is being written, if any. */
  readonly writing: ReadonlySignal<string | null>
  readonly nextStyle: ReadonlySignal<NextStyle>
  readonly mayDraw: ReadonlySignal<boolean>
  readonly preview: ReadonlySignal<ReadonlyMap<string, Shape | null>>
  /** The stroke under way, also of the laser pointer (`tool` tells); its id is the one its shape will have. */
  readonly stroke: ReadonlySignal<LiveStroke | null>
  /** Where a mouse or a pen is over the board, on the page; null when it is elsewhere. Touch counts while it is down. */
  readonly pointerAt: ReadonlySignal<Point | null>
  readonly marks: ReadonlySignal<Marks>
  /** A CSS cursor. */
  readonly cursor: ReadonlySignal<string>
  /** By id; other rooms add theirs before anything is shown, under ids of their own. */
  readonly actions: Map<string, BoardAction>
  /** Words for screen readers and short messages: translation key and values. */
  onSay(
    listener: (key: string, values: Readonly<Record<string, string | number>>, loud: boolean) => void,
  ): Off
  setTool(tool: ToolId): void
  /** Keeps a tool after it was used once, until another is taken. */
  readonly toolLocked: Signal<boolean>
  select(ids: Iterable<string>): void
  write(id: string | null): void
  /** Changes the selection's style, or the next shape's where nothing is selected. */
  setStyle(style: Partial<Style>): void
  /** The style that controls show: of the selection, or of what the tool will make; parts that differ are left out. */
  readonly shownStyle: ReadonlySignal<Partial<Style>>
  /** One step of undo, one transaction. Nothing happens when nobody may draw. */
  change(what: (board: Board) => void): void
  pointer(event: Pointer): void
  /** Ends what is going on, such as with Escape. True when there was something. */
  cancel(): boolean
  destroy(): void
}
