/** A pad's page as signals over a session that a test speaks for. */
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import * as Y from 'yjs'
import { createEmitter } from '../../client/net/emitter.ts'
import type { Session, SessionEvents } from '../../client/net/types.ts'
import { createModel } from '../../client/pad/model.ts'
import type { PadModel } from '../../client/pad/model.ts'
import { DEFAULT_OPTIONS, optionsInForce } from '../../client/pad/options.ts'
import { createPreferences } from '../../client/pad/preferences.ts'
import { createParts } from '../../client/plugins/parts.ts'
import type { Level } from '../../shared/access.ts'
import { DEFAULT_PAGE_SETTINGS } from '../../shared/page-settings.ts'
import type { ClientEvent, ServerEvent } from '../../shared/protocol.ts'
import { NO_PAD_SETTINGS } from '../../shared/settings.ts'
import type { PadBoot, PadSettings } from '../../shared/settings.ts'

export interface TestModel {
  model: PadModel
  session: Session
  /** What the page sent, oldest first. */
  sent: ClientEvent[]
  padSettings: Signal<PadSettings>
  /** The server tells the page something. */
  tell(event: ServerEvent): void
  /** A connection opens. */
  connect(): void
  /** Others are in `session.people` now. */
  tellPeople(): void
}

interface TestModelOptions {
  level?: Level
  boot?: Partial<PadBoot>
  text?: string
}

/** A connected page. */
export function testModel({ level = 'write', boot = {}, text = '\n' }: TestModelOptions = {}): TestModel {
  const me = { author: 'a.0000000000000001', name: 'Me', colour: '3' }
  const doc = new Y.Doc()
  doc.getText('text').insert(0, text)
  const sent: ClientEvent[] = []
  const emitter = createEmitter<SessionEvents>((error) => {
    throw error
  })
  const session: Session = {
    doc,
    status: { state: 'saved', unsaved: 0, kept: true, store: 'ok' },
    level,
    me,
    pad: 'x',
    people: new Map([[me.author, me]]),
    presence: new Map(),
    recovered: null,
    carrier: null,
    ready: Promise.resolve(),
    greeted: Promise.resolve(),
    authorOf: () => undefined,
    setCursor: () => undefined,
    setBoardPlace: () => undefined,
    ticket: undefined,
    setPerson: () => undefined,
    send: (event) => sent.push(event) > 0,
    sendInk: () => true,
    discardRecovered: () => undefined,
    retry: () => undefined,
    on: (event, listener) => emitter.on(event, listener),
    destroy: () => Promise.resolve(),
  }
  const whole: PadBoot = {
    pad: 'x',
    title: '',
    readOnly: false,
    padOptions: DEFAULT_OPTIONS,
    readOnlyId: null,
    version: '',
    plugins: [],
    padSettings: NO_PAD_SETTINGS,
    owner: false,
    notice: '',
    settings: DEFAULT_PAGE_SETTINGS,
    ...boot,
  }
  const padSettings = signal(whole.padSettings)
  const asked = new Set<never>()
  const preferences = createPreferences({ options: whole.padOptions, asked, pad: padSettings, kept: {} })
  const options = optionsInForce(whole.padOptions, asked, padSettings)
  const model = createModel(session, whole, options, preferences, { padSettings, parts: createParts() })
  return {
    model,
    session,
    sent,
    padSettings,
    tell: (event) => emitter.emit('event', event),
    connect: () => emitter.emit('open', undefined),
    tellPeople: () => emitter.emit('people', undefined),
  }
}
