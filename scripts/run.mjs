/** Runs commands in the project's folder, with their output passed through. */
import { spawn } from 'node:child_process'
import path from 'node:path'

/** Folder of the project. */
export const root = path.resolve(import.meta.dirname, '..')

/** Runs a command; rejects when it fails, or when it takes longer than `limit` ms. */
export function run(command, args, { env = process.env, limit } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: 'inherit',
    })
    let late = false
    const timer =
      limit === undefined
        ? undefined
        : setTimeout(() => {
            late = true
            child.kill('SIGKILL')
          }, limit)
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const name = path.basename(args[0] ?? command)
      if (late) reject(new Error(`${name} was stopped after ${Math.round(limit / 60_000)} minutes`))
      else if (code === 0) resolve()
      else reject(new Error(`${name} ended with ${signal ?? code}`))
    })
  })
}
