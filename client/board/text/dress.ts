/** Puts the field where the words are, in their size, colour and turn. Styles are set through the CSSOM, which the page's policy allows. */
import { hexOfColour } from '../../../shared/board/colours.ts'
import { FONT_FAMILIES } from '../../../shared/board/draw/fonts.ts'
import type { LineShape, TextShape } from '../../../shared/board/model/shape.ts'
import type { Place } from '../types.ts'
import { boardTheme } from '../ui/theme.ts'
import type { WordsPlace } from './place.ts'

/** How the words look. */
export function dress(place: HTMLElement, { style }: TextShape | LineShape): void {
  const { style: css } = place
  css.fontFamily = FONT_FAMILIES[style.font]
  css.fontSize = `${style.size}px`
  css.color = hexOfColour(style.color, boardTheme.value)
  css.caretColor = css.color
  css.opacity = String(Math.max(0.3, style.opacity))
}

/** Where the words are on the screen. */
export function lay(place: HTMLElement, words: WordsPlace, { x, y, zoom }: Place): void {
  const { style } = place
  style.width = `${words.width}px`
  style.minHeight = `${words.height}px`
  style.textAlign = words.align
  style.justifyContent =
    words.valign === 'top' ? 'flex-start' : words.valign === 'middle' ? 'center' : 'flex-end'
  const turnX = words.around.x - words.x
  const turnY = words.around.y - words.y
  style.transform = [
    `translate(${(words.x - x) * zoom}px, ${(words.y - y) * zoom}px)`,
    `scale(${zoom})`,
    ...(words.angle === 0
      ? []
      : [
          `translate(${turnX}px, ${turnY}px)`,
          `rotate(${words.angle}rad)`,
          `translate(${-turnX}px, ${-turnY}px)`,
        ]),
  ].join(' ')
}
