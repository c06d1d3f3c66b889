/** `npm run import-wbo -- DIR`: installs and builds what is missing or old, then asks the server's own code. */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { installPackages } from './install.mjs'
import { root } from './run.mjs'
import { buildIsStale } from './stale.mjs'

try {
  await installPackages()
  if (buildIsStale(root)) {
    const { build } = await import('./build.mjs')
    await build()
  }
  const built = path.join(root, 'dist/server/boards/import/command.js')
  const { importWboCommand } = await import(pathToFileURL(built).href)
  process.exitCode = await importWboCommand(process.argv.slice(2), {
    env: process.env,
    root,
    // npm starts scripts in the project's folder and says where it was called.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    out: (line) => console.log(line),
    err: (line) => console.error(line),
  })
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
