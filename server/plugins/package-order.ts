/** What an administrator asks to install, made into what npm is told; everything else is refused before npm hears of it. */
import { existsSync, statSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { isPluginName } from '../../shared/plugin.ts'
import { AppError } from '../errors.ts'
import { isPackageName, isVersion, pluginOf } from './package-facts.ts'

/** What npm is to install. */
export interface Order {
  spec: string
  /** Name of the package, where it is known before. */
  package: string | null
  registry: boolean
}

/** What is asked for: `NAME`, `NAME@VERSION`, a packed file or a folder. @throws AppError `badRequest` */
export function orderOf(what: string): Order {
  const asked = what.trim()
  const bad = (sentence: string): never => {
    throw new AppError('badRequest', sentence)
  }
  if (asked === '' || asked.length > 1000 || /[\p{Cc}]/u.test(asked)) bad('Say which plugin to install.')
  if (isAbsolute(asked) || /^\.{1,2}[\\/]/.test(asked) || /\.t(ar\.)?gz$/.test(asked)) {
    const path = resolve(asked)
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat === undefined) bad(`There is no file or folder ${asked} on this server.`)
    else if (stat.isDirectory() && !existsSync(join(path, 'package.json')))
      bad(`${asked} has no package.json.`)
    return { spec: path, package: null, registry: false }
  }
  const at = asked.indexOf('@', 1)
  const name = at < 0 ? asked : asked.slice(0, at)
  const version = at < 0 ? null : asked.slice(at + 1)
  if (!isPackageName(name) || !isPluginName(pluginOf(name)))
    bad(`${asked} is no name of a plugin, which is ep_... or @somebody/ep_..., and no path.`)
  if (version !== null && !isVersion(version))
    bad(`${version} is no exact version, which is three numbers such as 1.2.3.`)
  return { spec: `${name}@${version ?? 'latest'}`, package: name, registry: true }
}
