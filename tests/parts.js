/** Which test files run when, as Jest's patterns; `scripts/test.mjs` names the part in `INKPAD_PART`. */
const ALL = ['**/*.test.ts', '**/*.test.tsx']

/** What needs programs or minutes that not every run of the suite can have. */
const FULL = ['**/*.full.test.ts']

/** Two at once: a page mostly waits, for a server, for a frame, for the other person. */
const BROWSERS = ['**/tests/browser/**/*.test.ts', '**/plugins/*/browser.test.ts']

/** One after another with the machine to themselves: other processes, databases, figures. */
const ALONE = [
  '**/tests/conformance/**/*.test.ts',
  '**/tests/faults/**/*.test.ts',
  '**/tests/scripts/**/*.test.ts',
  '**/tests/server/plugins/mariadb.test.ts',
  '**/tests/server/plugins/third-party.test.ts',
  '**/tests/server/store/mariadb*.test.ts',
  '**/speed.test.ts',
]

/** Random tests that {@link LONGER} makes longer. */
const RANDOM = [
  '**/tests/convergence/sync.test.ts',
  '**/tests/faults/kill.test.ts',
  '**/tests/server/sync/guard/fuzz.test.ts',
]

const not = (patterns) => patterns.map((pattern) => `!${pattern}`)

const PARTS = {
  together: [...ALL, ...not(BROWSERS), ...not(ALONE), ...not(FULL)],
  browsers: [...BROWSERS, ...not(FULL)],
  alone: [...ALONE, ...not(FULL)],
  full: [...FULL, ...RANDOM],
}

/** The patterns of a part; of all tests without a name. */
export function filesOf(part) {
  if (part === undefined || part === '') return ALL
  if (!Object.hasOwn(PARTS, part))
    throw new Error(`INKPAD_PART is ${part}; there is ${Object.keys(PARTS).join(', ')}`)
  return PARTS[part]
}
