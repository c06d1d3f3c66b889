/** Writes the settings files that come with the project, so that they cannot differ from the table. */
import { isIdle } from './field.ts'
import type { Field } from './field.ts'
import { isField, SECTIONS } from './schema.ts'
import type { Branch } from './schema.ts'
import { USER_VARIABLES } from './users.ts'

const HEAD = {
  template: `/*
 * Settings of Inkpad, every one with its default. Copy this file to settings.json and change what you need; what a
 * file does not name keeps its default or comes from the environment variable of that name. "\${NAME:default}" takes
 * the environment variable NAME. Etherpad's settings files work as they are. Settings of plugins stand under their
 * names ("ep_..."); any setting can also come from a variable such as EP__padOptions__lang=de.
 * npm run settings -- check FILE tells what a file comes to.
 */
`,
  docker: `/*
 * Settings of the container: everything comes from environment variables (docker run -e TITLE="Our pads" ...).
 * docs/SETTINGS.md lists them. Settings of plugins can come from variables such as EP__ep_x__key=5 too.
 */
`,
}

/**
 * The text of `settings.json.template`, or of `settings.json.docker` with the blocks of plugins by the variables that
 * deployment guides for Etherpad use (`plugins/container.txt`).
 */
export function settingsFile(blocks: string | null): string {
  const sections = Object.entries(SECTIONS).map(([title, section]) => {
    return `  // ---- ${title} ----\n${branch(section, '  ').join('\n')}`
  })
  if (blocks !== null) sections.push(blocks.trimEnd())
  return `${blocks === null ? HEAD.template : HEAD.docker}{\n${sections.join(',\n\n')}\n}\n`
}

function branch(node: Branch, indent: string): string[] {
  const parts = Object.entries(node).map(([key, entry]) => {
    const name = `${indent}${JSON.stringify(key)}: `
    if (!isField(entry)) return [`${name}{`, ...branch(entry, `${indent}  `), `${indent}}`]
    const note = `${indent}// ${sentence(entry)}`
    return key === 'users' ? [note, ...accounts(indent)] : [note, name + value(entry)]
  })
  return parts.flatMap((lines, at) =>
    at === parts.length - 1 ? lines : [...lines.slice(0, -1), `${lines.at(-1) ?? ''},`],
  )
}

/** What a setting does, and why it does nothing (yet). */
export function sentence(field: Field<unknown>): string {
  if (field.note === undefined) return field.about
  return `${field.about}. No effect ${isIdle(field) ? 'here' : 'yet'}: ${field.note}`
}

function value(field: Field<unknown>): string {
  if (isIdle(field) && field.written !== undefined) return JSON.stringify(field.written)
  return field.env === null
    ? JSON.stringify(field.fallback)
    : JSON.stringify(`\${${field.env}:${field.shown ?? String(field.fallback)}}`)
}

function accounts(indent: string): string[] {
  const lines = USER_VARIABLES.map(
    ({ env, name, isAdmin }) =>
      `${indent}  "${name}": { "password": "\${${env}:null}", "is_admin": ${isAdmin} }`,
  )
  return [`${indent}"users": {`, lines.join(',\n'), `${indent}}`]
}
