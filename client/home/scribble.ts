/** The line under a word, drawn by hand in a box of 200 x 20: there, and part of the way back. */
export const SCRIBBLE =
  'M4 12.4C16 11.4 32 8.8 47 9C66 9.6 72 11 84 10.4C100 9.4 110 6 122 6C138 6.2 146 9.4 160 9.2C174 8.8 186 6 196.5 4.3' +
  'M196 4.6C180 8 158 10.6 136 11.6C112 12.8 84 12.4 60 14.4'
