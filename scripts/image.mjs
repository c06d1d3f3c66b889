/** The image's commands besides the server itself (scripts/commands/inkpad): plugin, settings, healthcheck. */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './run.mjs'

const [command, ...args] = process.argv.slice(2)
const load = (file) => import(pathToFileURL(path.join(root, 'dist/server', file)).href)
const around = {
  env: process.env,
  root,
  bundled: path.join(root, 'dist/plugins'),
  cwd: process.cwd(),
  out: (line) => console.log(line),
  err: (line) => console.error(line),
}

try {
  if (command === 'plugin')
    process.exitCode = await (await load('plugins/command.js')).pluginCommand(args, around)
  else if (command === 'settings')
    process.exitCode = (await load('settings/command.js')).settingsCommand(args, around)
  else process.exitCode = await (await load('healthcheck.js')).healthcheck({ ...around, args })
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
