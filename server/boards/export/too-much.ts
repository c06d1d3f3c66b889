/** Too much for one file. */
export class TooMuch extends Error {}
