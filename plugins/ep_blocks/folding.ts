/** Folding with its looks, fetched when somebody folds. */
import './late.css'

export { foldPlugin, toggleFold, unfoldAll } from './fold.ts'
