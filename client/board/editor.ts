/** The board's editor: see `editor/`, `tools/`, `input/`, `clipboard/`. */
export { createEditor } from './editor/editor.ts'
export type { EditorOptions } from './editor/editor.ts'
export { marksChanged, paintMarks } from './editor/paint-marks.ts'
export type { MarkColours } from './editor/paint-marks.ts'
export { attachInput } from './input/attach.ts'
