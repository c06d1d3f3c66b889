/** Passwords that many people have, or that are easily guessed (SPEC-access AC10). The words are our own collection. */

/** Words that passwords are made of by putting digits and signs around them, each of four letters and more. */
const WORDS = [
  'password',
  'passwort',
  'passw0rd',
  'p@ssword',
  'p@ssw0rd',
  'welcome',
  'willkommen',
  'letmein',
  'administrator',
  'admin',
  'changeme',
  'default',
  'secret',
  'geheim',
  'iloveyou',
  'ichliebedich',
  'sunshine',
  'princess',
  'football',
  'fussball',
  'baseball',
  'basketball',
  'superman',
  'batman',
  'spiderman',
  'pokemon',
  'starwars',
  'dragon',
  'monkey',
  'shadow',
  'master',
  'michael',
  'jordan',
  'charlie',
  'jennifer',
  'jessica',
  'schatz',
  'schalke',
  'bayern',
  'hallo',
  'hello',
  'login',
  'guest',
  'master',
  'summer',
  'sommer',
  'winter',
  'spring',
  'autumn',
  'herbst',
  'etherpad',
  'inkpad',
  'computer',
  'internet',
  'google',
  'samsung',
  'qwerty',
  'qwertz',
  'azerty',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
  'abcdef',
  'abc',
  'test',
  'temp',
  'user',
  'trustno',
] as const

/** Rows of keys and of letters along which fingers run. */
const ROWS = [
  '01234567890',
  '09876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'zyxwvutsrqponmlkjihgfedcba',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
  '1q2w3e4r5t6z7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '1qay2wsx3edc4rfv5tgb6zhn7ujm',
  'qazwsxedcrfvtgbyhnujm',
  'qayxswedcvfrtgbnhzujm',
]
/** Letters of a row in a run that count as one idea. */
const RUN = 4
/** Ideas a password has to have more than. */
const FEW = 4

/**
 * Is a password common? What is left once words of the list, the person's own name, runs along rows of keys, repeated
 * pieces and digits at its end are taken for one idea each must be more than a few.
 */
export function isCommon(password: string, name: string): boolean {
  const small = password.toLowerCase()
  return ideas(small.replaceAll(/[\s._-]/g, ''), name.toLowerCase().replaceAll(/[\s._-]/g, '')) <= FEW
}

/** How many things somebody who guesses must hit; letters that stand alone are one each. */
function ideas(text: string, name: string): number {
  let count = 0
  let at = 0
  while (at < text.length) {
    at += Math.max(1, wordAt(text, at, name), runAt(text, at), repeatAt(text, at), digitsAt(text, at))
    count += 1
  }
  return count
}

function wordAt(text: string, at: number, name: string): number {
  const words = name.length >= 3 ? [...WORDS, name] : WORDS
  return Math.max(0, ...words.filter((word) => text.startsWith(word, at)).map((word) => word.length))
}

function runAt(text: string, at: number): number {
  let longest = 0
  for (const row of ROWS)
    for (let from = 0; from < row.length; from++) {
      let length = 0
      while (from + length < row.length && row[from + length] === text[at + length]) length += 1
      longest = Math.max(longest, length)
    }
  return longest >= RUN ? longest : 0
}

/** Length of what repeats the one to eight letters that begin here, or that stand before. */
function repeatAt(text: string, at: number): number {
  let longest = 0
  for (let size = 1; size <= 8; size++) {
    let length = size
    while (at + length < text.length && text[at + length] === text[at + length - size]) length += 1
    if (length >= 2 * size && length >= 3) longest = Math.max(longest, length)
  }
  return longest
}

/** Digits in a row, such as a year or a birthday. */
function digitsAt(text: string, at: number): number {
  const length = /^\d{2,8}/.exec(text.slice(at, at + 8))?.[0].length ?? 0
  return length
}
