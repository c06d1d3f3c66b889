/** The system's Chromium for journeys through the real pages. */
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'

/** Ms for one thing on a page, on a busy machine. */
const PATIENCE = 20_000
const CANDIDATES = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts it; `more` are further flags of it. @throws when there is none, with what to install: browser tests are never skipped silently. */
export async function startChromium(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: found(), args: [...FLAGS, ...more] })
}

function found(): string {
  const executablePath = CANDIDATES.find((candidate) => candidate !== '' && existsSync(candidate))
  if (executablePath === undefined) {
    throw new Error(
      'No Chromium found: install it (Debian: apt-get install chromium) or set CHROMIUM to its path',
    )
  }
  return executablePath
}

/** A person with a browser of their own. */
export interface Visitor {
  context: BrowserContext
  page: Page
  /** Errors the page threw or logged, and violations of its content security policy; not that the network is away. */
  problems: string[]
}

/** Another person: own cookies, own storage. As in a private window, frames of other sites are denied both. */
export async function visitor(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
  return watched(await browser.newContext(options))
}

/**
 * A person with a browser and a profile of their own in `folder`, which lets frames of other sites keep a storage of
 * their own (Debian's Chromium denies it until its user allows it).
 */
export async function startOwnBrowser(folder: string): Promise<Visitor> {
  await mkdir(path.join(folder, 'Default'), { recursive: true })
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } }
  await writeFile(path.join(folder, 'Default', 'Preferences'), JSON.stringify(preferences))
  return watched(await chromium.launchPersistentContext(folder, { executablePath: found(), args: FLAGS }))
}

async function watched(context: BrowserContext): Promise<Visitor> {
  const problems: string[] = []
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
    })
  })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE)
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message} ${error.stack ?? ''}`))
  page.on('console', (message) => {
    if (
      message.type() === 'error' &&
      !/net::ERR_|WebSocket connection|error occurred when fetching the script/.test(message.text())
    ) {
      problems.push(message.text())
    }
  })
  return { context, page, problems }
}
