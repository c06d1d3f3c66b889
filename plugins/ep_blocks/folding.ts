/** Folding with its looks, fetched when somebody folds. */
import './late.css'

export { arrowPlugin } from './arrow.ts'
export { read, write } from './kept.ts'
export { foldPlugin, toggleFold, unfoldAll } from './fold.ts'
