/** npm runs scripts in a shell; a signal to npm ends the shell, and nothing tells what the shell had started. */

/** Milliseconds between two looks. */
const OFTEN = 500

/** Calls `gone` when we were started by npm and our parent process is no more. */
export function whenOrphaned(gone) {
  const parent = process.ppid
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    gone()
  }, OFTEN)
  timer.unref()
}
