/** The administration around its rooms. */
import type { JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { languageItems, LanguageMenu, themeItems, ThemeMenu } from '../page-menus.tsx'
import { ToolButton } from '../ui/button.tsx'
import { Icon, Mark } from '../ui/icon.tsx'
import type { MenuItem } from '../ui/menu.tsx'
import { themeFixed } from '../ui/theme.ts'
import { AuditRoom } from './audit.tsx'
import { CheckupRoom } from './checkup.tsx'
import { AccountsRoom } from './accounts.tsx'
import { figure } from './format.ts'
import type { House } from './house.ts'
import { LEAVE, ROOM_ICONS, ROOMS_MENU } from './icons.ts'
import { LogRoom } from './log.tsx'
import { MessageRoom } from './message.tsx'
import { OverviewRoom } from './overview.tsx'
import { PadsRoom } from './pads.tsx'
import { HEADING, MoreMenu } from './parts.tsx'
import { PeopleRoom } from './people.tsx'
import { PluginsRoom } from './plugins.tsx'
import { go, place, ROOMS, writePlace } from './route.ts'
import type { Room } from './route.ts'
import { SettingsRoom } from './settings.tsx'
import { fetchWords, say } from './words.ts'

const VIEWS: Readonly<Record<Room, (props: { house: House }) => JSX.Element>> = {
  overview: OverviewRoom,
  pads: PadsRoom,
  plugins: PluginsRoom,
  people: PeopleRoom,
  accounts: AccountsRoom,
  audit: AuditRoom,
  settings: SettingsRoom,
  message: MessageRoom,
  log: LogRoom,
  checkup: CheckupRoom,
}

/** The rooms at the side (on a phone in a menu) and the one that is open. */
export function Frame({ house, onSignOut }: { house: House; onSignOut: () => void }): JSX.Element {
  const { room } = place.value
  const View = VIEWS[room]
  const before = useRef<Room | null>(null)
  const name = say(`${room}.title`)
  useEffect(() => {
    document.title = `${name} · ${house.boot.title}`
  }, [name])
  // Before anybody can be somewhere in the new room: later it would take the focus from there.
  useLayoutEffect(() => {
    if (before.current !== null) {
      window.scrollTo(0, 0)
      document.getElementById(HEADING)?.focus({ preventScroll: true })
    }
    before.current = room
  }, [room])
  return (
    <div class="admin">
      <a
        class="skip"
        href={`#${HEADING}`}
        onClick={(event) => {
          event.preventDefault()
          document.getElementById(HEADING)?.focus()
        }}
      >
        {say('nav.skip')}
      </a>
      <Side house={house} onSignOut={onSignOut} />
      <PhoneBar house={house} onSignOut={onSignOut} />
      <main>
        <View house={house} key={room} />
      </main>
    </div>
  )
}

function Side({ house, onSignOut }: { house: House; onSignOut: () => void }): JSX.Element {
  const { boot } = house
  return (
    <nav class="side" aria-label={say('nav.administration')}>
      <a class="brand" href="../">
        <Mark />
        <span>
          <strong>{boot.title}</strong>
          <small>{say('nav.administration')}</small>
        </span>
      </a>
      <ul>
        {ROOMS.map((room) => (
          <li key={room}>
            <a
              class="room"
              href={writePlace(room)}
              aria-current={room === place.value.room ? 'page' : undefined}
            >
              <Icon name={ROOM_ICONS[room]} />
              {say(`${room}.title`)}
              {room === 'plugins' && <FailedCount house={house} />}
            </a>
          </li>
        ))}
      </ul>
      <footer>
        <span class="version">{say('nav.version', { version: boot.version })}</span>
        <LanguageMenu before={fetchWords} />
        {!themeFixed() && <ThemeMenu />}
        <ToolButton icon={LEAVE} label={say('nav.signOut')} onClick={onSignOut} />
      </footer>
    </nav>
  )
}

function FailedCount({ house }: { house: House }): JSX.Element {
  const n = house.failedPlugins.value.length
  if (n === 0) return <></>
  return (
    <span class="tally danger">
      <span aria-hidden="true">{figure(n)}</span>
      <span class="unseen">{say('nav.failed', { n })}</span>
    </span>
  )
}

function PhoneBar({ house, onSignOut }: { house: House; onSignOut: () => void }): JSX.Element {
  const { room } = place.value
  const rooms: MenuItem[] = ROOMS.map((one) => ({
    id: one,
    label: say(`${one}.title`),
    icon: ROOM_ICONS[one],
    checked: one === room,
    run: () => go(one),
  }))
  return (
    <header class="phone-bar">
      <a class="brand" href="../">
        <Mark />
        <span>
          <strong>{house.boot.title}</strong>
          <small>{say('nav.administration')}</small>
        </span>
      </a>
      <MoreMenu
        label={say('nav.rooms')}
        icon={ROOMS_MENU}
        groups={[
          rooms,
          languageItems(fetchWords),
          themeItems(),
          [{ id: 'leave', label: say('nav.signOut'), icon: LEAVE, run: onSignOut }],
        ]}
      />
    </header>
  )
}
