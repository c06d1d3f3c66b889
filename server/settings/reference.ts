/** Writes docs/SETTINGS.md from the table. */
import type { Field } from './field.ts'
import { fields, SECTIONS } from './schema.ts'
import { sentence } from './template.ts'

const HEAD = `# Settings

Written from the table in \`server/settings/table/\`; a test keeps it true.

A value comes from the first of these that says something:

1. environment variables such as \`EP__padOptions__lang=de\` (two underscores between the parts of the key),
2. \`credentials.json\` (\`--credentials FILE\`),
3. \`settings.json\` (\`--settings FILE\`), where \`"\${NAME:default}"\` takes the environment variable \`NAME\`,
4. the environment variable in the table,
5. the default.

Files are JSON; comments and commas at the end are allowed. A setting that is null is as if it were not there. A wrong
value stops the start with one line. Settings of plugins stand under their names: \`"ep_x": { "key": 5 }\` or
\`EP__ep_x__key=5\`.

\`npm run settings -- check [FILE]\` tells what a file comes to: every value with where it comes from, secrets hidden.

Accounts stand under \`users\`: \`"users": { "alice": { "password": "...", "is_admin": true } }\`. Further keys of an
account: \`hash\` in place of the password (bcrypt, as \`ep_hash_auth\` has it), \`readOnly\`, \`canCreate\` (true unless
false), \`displayname\`. The variables \`ADMIN_PASSWORD\` and \`USER_PASSWORD\` make the accounts \`admin\` and \`user\`.
`

/** The text of docs/SETTINGS.md. */
export function settingsReference(): string {
  const sections = Object.entries(SECTIONS).map(([title, section]) => {
    const rows = fields(section).map(([path, field]) => row(path.join('.'), field))
    return `## ${title}\n\n| Key | Variable | Default | Meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`
  })
  return [HEAD, ...sections].join('\n')
}

function row(key: string, field: Field<unknown>): string {
  const variable = key === 'users' ? 'ADMIN_PASSWORD, USER_PASSWORD' : (field.env ?? '')
  const cells = [
    code(key),
    variable === '' ? '' : code(variable),
    code(JSON.stringify(field.fallback)),
    plain(sentence(field)),
  ]
  return `| ${cells.join(' | ')} |`
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``
}

function plain(text: string): string {
  return text.replace(/[|<>*_[\]]/g, '\\$&')
}
