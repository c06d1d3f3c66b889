/** The colours with names: by day for white paper, by night for the dark page. `style.css` draws the same values. */

/** A colour by day and by night. */
export interface Pair {
  day: string
  night: string
}

const pair = (day: string, night: string): Pair => ({ day, night })

/** Colours of words; the first six names are those of Etherpad's plugin. Each has a contrast of 4.5 on every ground there is. */
export const INKS: Readonly<Record<string, Pair>> = {
  black: pair('#000000', '#ffffff'),
  red: pair('#b3261e', '#ff8f85'),
  green: pair('#1d6b35', '#74cf8d'),
  blue: pair('#1f55b0', '#8ab8ff'),
  yellow: pair('#775a00', '#f2cf5b'),
  orange: pair('#9a4a00', '#ffab66'),
  teal: pair('#0b6860', '#5ccfc0'),
  purple: pair('#7434ad', '#cda8ff'),
  pink: pair('#a3246f', '#ff94c8'),
  brown: pair('#7a4a32', '#d9a98c'),
  grey: pair('#5a616d', '#a9b0bc'),
}

/** Grounds behind words, on which all words stay readable. */
export const HIGHLIGHTS: Readonly<Record<string, Pair>> = {
  yellow: pair('#fff0a3', '#4a3c05'),
  orange: pair('#ffdfb8', '#4e320f'),
  red: pair('#ffd6d1', '#4f2320'),
  pink: pair('#ffd4e9', '#4b2042'),
  purple: pair('#ead9ff', '#3a2a5c'),
  blue: pair('#d3e5ff', '#1b365f'),
  teal: pair('#c8f0ea', '#0f3d38'),
  green: pair('#d0f0d6', '#1a3f25'),
  grey: pair('#e4e7ec', '#333942'),
}
