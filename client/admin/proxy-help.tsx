import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { t } from '../i18n.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { toast } from '../ui/toasts.tsx'
import { PROXIES, PROXY_NAMES, prefixOf, proxyBlock } from './proxy.ts'
import type { Proxy } from './proxy.ts'
import { say } from './words.ts'

/** Says that no WebSocket comes through, and what the proxy in front needs. */
export function ProxyHelp(): JSX.Element {
  const open = useSignal(false)
  return (
    <div class="proxy-help banner warning" role="status">
      <Icon name="warning" />
      <p>
        <strong>{say('proxy.title')}</strong> {say('proxy.body')}
      </p>
      <Button size="small" onClick={() => (open.value = !open.value)}>
        {open.value ? say('proxy.hide') : say('proxy.show')}
      </Button>
      {open.value && <ProxyBlock />}
    </div>
  )
}

/** The block of settings for a kind of proxy, with a button that copies it. */
export function ProxyBlock(): JSX.Element {
  const kind = useSignal<Proxy>('nginx')
  const block = proxyBlock(kind.value, prefixOf(location.pathname))
  const copy = (): void => {
    navigator.clipboard?.writeText(block).then(
      () => toast(say('common.copied')),
      () => toast(say('common.notCopied'), 'warning'),
    )
  }
  return (
    <div class="proxy-block">
      <div class="block-head">
        <div class="bare-field">
          <Segmented
            label={say('proxy.kind')}
            value={kind.value}
            options={PROXIES.map((value) => ({ value, label: PROXY_NAMES[value] }))}
            onChange={(value) => (kind.value = value)}
          />
        </div>
        <span class="space" />
        {isSecureContext && (
          <Button size="small" icon="copy" onClick={copy}>
            {t('common.copy')}
          </Button>
        )}
      </div>
      <pre
        class="code"
        tabIndex={0}
        dir="ltr"
        aria-label={say('proxy.block', { name: PROXY_NAMES[kind.value] })}
      >
        {block}
      </pre>
      <p class="hint">{say('proxy.hint')}</p>
    </div>
  )
}
