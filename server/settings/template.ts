/** Writes the settings files that come with the project, so that they cannot differ from the table. */
import type { Field } from './field.ts'
import { isField, SCHEMA } from './schema.ts'
import { USER_VARIABLES } from './users.ts'

type Branch = { readonly [key: string]: Field<unknown> | Branch }

const HEAD = {
  template: `/*
 * Settings of Inkpad, every one with its default. Copy this file to settings.json and change what you need; what a
 * file does not name keeps its default or comes from the environment variable of that name. "\${NAME:default}" takes
 * the environment variable NAME. Etherpad's settings files work as they are. Settings of plugins stand under their
 * names ("ep_..."); any setting can also come from a variable such as EP__padOptions__lang=de.
 */
`,
  docker: `/*
 * Settings of the container: everything comes from environment variables (docker run -e TITLE="Our pads" ...).
 * settings.json.template explains each one.
 */
`,
}

/** The text of `settings.json.template` or of `settings.json.docker`. */
export function settingsFile(kind: 'template' | 'docker'): string {
  const lines = branch(SCHEMA, '  ', kind === 'template')
  if (kind === 'docker') {
    lines[lines.length - 1] += ','
    lines.push('  "abiword": "${ABIWORD:null}",', '  "soffice": "${SOFFICE:null}"')
  }
  return `${HEAD[kind]}{\n${lines.join('\n')}\n}\n`
}

function branch(node: Branch, indent: string, notes: boolean): string[] {
  const parts = Object.entries(node).map(([key, entry]) => {
    if (key === 'users')
      return [
        ...(notes ? [`${indent}// Accounts; one without a password does not exist`] : []),
        ...users(indent),
      ]
    if (!isField(entry))
      return [`${indent}${JSON.stringify(key)}: {`, ...branch(entry, `${indent}  `, notes), `${indent}}`]
    const line = `${indent}${JSON.stringify(key)}: ${value(entry)}`
    return notes ? [`${indent}// ${entry.about}`, line] : [line]
  })
  return parts.flatMap((lines, at) =>
    at === parts.length - 1 ? lines : [...lines.slice(0, -1), `${lines.at(-1) ?? ''},`],
  )
}

function value(field: Field<unknown>): string {
  const shown = field.shown ?? String(field.fallback)
  return field.env === null ? JSON.stringify(field.fallback) : JSON.stringify(`\${${field.env}:${shown}}`)
}

function users(indent: string): string[] {
  const lines = USER_VARIABLES.map(
    ({ env, name, isAdmin }) =>
      `${indent}  "${name}": { "password": "\${${env}:null}", "is_admin": ${isAdmin} }`,
  )
  return [`${indent}"users": {`, lines.join(',\n'), `${indent}}`]
}
