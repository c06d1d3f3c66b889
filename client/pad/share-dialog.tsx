import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { isLinkId } from '../../shared/ids.ts'
import { t } from '../i18n.ts'
import { padTitle } from '../pad-title.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, Switch } from '../ui/field.tsx'
import { CopyField } from './copy-field.tsx'
import { boardCode, embedCode, padUrls } from './embed-code.ts'
import type { PageModel } from './model.ts'
import { RuleNote } from './share-note.tsx'
import { RulePart } from './share-rule.tsx'
import { useRule } from './share-state.ts'
import { s } from './share-words.ts'
import type { ShareWord } from './share-words.ts'
import { copyText } from './take-text.ts'
import '../styles/share.css'

const PROBLEMS: Readonly<Record<string, ShareWord>> = {
  offline: 'problem.offline',
  tooFast: 'problem.tooFast',
  notOwner: 'problem.notOwner',
  badRequest: 'problem.password',
}

/** The links to this pad, who may open it, and the code that puts it into another page. */
export function ShareDialog({
  model,
  board = false,
  onClose,
}: {
  model: Pick<PageModel, 'boot' | 'session'>
  /** The page of the pad's board. */
  board?: boolean
  onClose: () => void
}): JSX.Element {
  const { boot } = model
  const state = useRule(model.session)
  const view = state.view.value
  const { write, read } = padUrls(new URL(location.href), view?.readId ?? boot.readOnlyId, board)
  const linkTo = (name: string): string => padUrls(new URL(location.href), name, board).read ?? write
  const secret = view?.mine === true && view.link !== null && view.rule.link !== 'none'
  const readable = read !== null && (view === null || view.rule.readLink)
  const writes = view === null || isLinkId(boot.pad) || view.rule.everybody === 'write'
  const problem = state.problem.value
  const links = boot.readOnly
    ? [{ label: t('share.read'), hint: t('share.readHint'), url: write }]
    : [
        ...(secret
          ? []
          : [{ label: writes ? t('share.write') : s('address'), hint: hintOf(view), url: write }]),
        ...(readable ? [{ label: t('share.read'), hint: t('share.readHint'), url: read }] : []),
      ]
  return (
    <Dialog
      title={t('share.title', { name: padTitle(boot.pad) })}
      closeLabel={t('common.close')}
      class="share-dialog"
      onClose={onClose}
    >
      {links.map(({ label, hint, url }, index) => (
        <CopyField key={url} label={label} hint={hint} value={url} primary={index === 0} />
      ))}
      {view !== null && !view.mine && !boot.readOnly && (
        <RuleNote view={view} pad={boot.pad} board={board} level={model.session.level} />
      )}
      {view?.mine === true && (
        <RulePart state={state} view={view} signIn={boot.login !== undefined} linkTo={linkTo} />
      )}
      {problem !== null && (
        <p class="problem" role="alert">
          {s((Object.hasOwn(PROBLEMS, problem) ? PROBLEMS[problem] : undefined) ?? 'problem.later')}
        </p>
      )}
      <EmbedPart boot={boot} board={board} write={write} read={readable ? read : null} />
    </Dialog>
  )

  /** What the address gives whoever has it. */
  function hintOf(shown: typeof view): string {
    if (shown === null || writes) return t('share.writeHint')
    const { everybody } = shown.rule
    return everybody === 'none' ? s('closedEverybody') : s('mayEverybody', { level: s(`level.${everybody}`) })
  }
}

/** The code that puts the pad into another page. */
function EmbedPart({
  boot,
  board,
  write,
  read,
}: {
  boot: PageModel['boot']
  board: boolean
  write: string
  read: string | null
}): JSX.Element {
  const readOnly = useSignal(boot.readOnly)
  const showControls = useSignal(true)
  const showLineNumbers = useSignal(true)
  const source = readOnly.value && read !== null ? read : write
  const code = board
    ? boardCode(source, boot.pad, showControls.value)
    : embedCode(source, boot.pad, {
        showControls: showControls.value,
        showLineNumbers: showLineNumbers.value,
      })
  return (
    <details class="more-part">
      <summary>{t('share.embed')}</summary>
      <div class="switches">
        {!boot.readOnly && read !== null && (
          <Switch
            label={t('share.embedReadonly')}
            checked={readOnly.value}
            onChange={(value) => (readOnly.value = value)}
          />
        )}
        <Switch
          label={t('share.embedControls')}
          checked={showControls.value}
          onChange={(value) => (showControls.value = value)}
        />
        {!board && (
          <Switch
            label={t('share.embedLines')}
            checked={showLineNumbers.value}
            onChange={(value) => (showLineNumbers.value = value)}
          />
        )}
      </div>
      <Field label={t('share.embedCode')}>
        {({ id }) => (
          <textarea
            id={id}
            class="input code-field"
            readOnly
            rows={4}
            value={code}
            spellcheck={false}
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
      </Field>
      <Button icon="copy" onClick={() => void copyText(code)}>
        {t('common.copy')}
      </Button>
    </details>
  )
}
