/** Programs of others that judge what we write. */
import { spawnSync } from 'node:child_process'

const MOST_OUTPUT = 100_000_000
/** Ms a program may take. */
const LIMIT = 180_000

/** Gives a function that runs a program in `folder` and gives what it says; it throws when the program is not there, fails, or takes too long. */
export function programsIn(folder: string): (program: string, ...args: string[]) => string {
  return (program, ...args) => {
    const { status, stdout, stderr, error } = spawnSync(program, args, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: MOST_OUTPUT,
      timeout: LIMIT,
    })
    if (error) throw new Error(`${program} could not be run: ${error.message}`)
    if (status !== 0)
      throw new Error(`${program} ${args.join(' ')}: ${status} ${stdout.slice(-2000)} ${stderr.slice(-2000)}`)
    return stdout
  }
}
