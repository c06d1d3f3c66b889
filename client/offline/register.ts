/** Registers the service worker that opens visited pads without a network (`worker.ts`). */

interface ScriptUrlPolicy {
  createScriptURL(url: string): unknown
}
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy
}

/** Ms a busy page is given before the worker is registered all the same. */
const BUSY = 3000

/** Resolves when the page has nothing better to do: the worker loads all files again, beside a page that still needs them. */
export async function whenIdle(): Promise<void> {
  await new Promise<void>((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: BUSY })
    else setTimeout(resolve, BUSY)
  })
}

/**
 * Registers the worker of this installation and has it keep this page. `page` is the address of a pad's page,
 * PREFIX/p/NAME, or of its board; `up` leads from there to our root. Browsers without service workers, and pages not served securely, go without.
 */
export async function keepForLater(page: string, up = '../'): Promise<void> {
  if (!('serviceWorker' in navigator) || !globalThis.isSecureContext) return
  const script = new URL(`${up}sw.js`, page).href
  const address = trusted(script)
  try {
    await navigator.serviceWorker.register(address, { scope: new URL(up, page).href })
  } catch (error) {
    // Browsers say so when the server is away just now; the next visit registers it. Anything else is ours.
    if (error instanceof TypeError) return
    throw error
  }
  const { active } = await navigator.serviceWorker.ready
  active?.postMessage(page.replace(/[?#].*$/, ''), { transfer: [] })
  const ofPlugins = performance
    .getEntriesByType('resource')
    .flatMap(({ name }) => (/\/plugin-(files|styles)\//.test(name) ? [name] : []))
  if (ofPlugins.length > 0) active?.postMessage(ofPlugins, { transfer: [] })
}

/** Under our content security policy only a policy of this name may make the address of a script (DESIGN D11). */
function trusted(script: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes
  if (types === undefined) return script
  const policy = types.createPolicy('inkpad-worker', {
    createScriptURL(url) {
      if (url !== script) throw new TypeError('not the address of our service worker')
      return url
    },
  })
  return policy.createScriptURL(script) as string
}
