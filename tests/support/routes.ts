/** The routes an Express application has, read from the application itself. */
import type { Express } from 'express'

export interface RouteOfApp {
  method: string
  /** As it was declared, with `:parameters`. */
  path: string
}

/** What the router keeps of each thing it was given. */
interface Layer {
  rawPath: string | readonly string[]
  route?: { path: string | readonly string[]; methods: Record<string, boolean> }
  handle: { stack?: readonly Layer[] }
}

/** All of them, those of routers within routers too. */
export function routesOf(app: Express): readonly RouteOfApp[] {
  const { stack } = app.router as unknown as { stack: readonly Layer[] }
  return walk(stack, '')
}

function walk(stack: readonly Layer[], prefix: string): readonly RouteOfApp[] {
  return stack.flatMap((layer) => {
    if (layer.route === undefined) {
      const inner = layer.handle.stack
      if (inner === undefined) return []
      return listed(layer.rawPath).flatMap((path) => walk(inner, prefix + (path === '/' ? '' : path)))
    }
    const { methods } = layer.route
    const verbs = Object.keys(methods).filter((verb) => methods[verb] === true && verb !== '_all')
    return listed(layer.route.path).flatMap((path) =>
      verbs.map((verb) => ({ method: verb.toUpperCase(), path: `${prefix}${path}` })),
    )
  })
}

function listed(paths: string | readonly string[]): readonly string[] {
  return typeof paths === 'string' ? [paths] : paths
}
