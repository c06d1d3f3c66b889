/** The administration's icons; drawings that only it uses stand here, so that pads do not load them: grid and stroke as in `ui/icons.ts`. */
import type { IconShape } from '../ui/icons.ts'
import type { Room } from './route.ts'

/** The icon of each room. */
export const ROOM_ICONS: Readonly<Record<Room, IconShape>> = {
  overview:
    'M4.6 15.75a7.25 7.25 0 1 1 10.8 0M10 11.25 13.25 7.5M8.75 11.25a1.25 1.25 0 1 0 2.5 0a1.25 1.25 0 1 0-2.5 0z',
  pads: 'M5.5 5.75h6a2 2 0 0 1 2 2v7.5a2 2 0 0 1-2 2h-6a2 2 0 0 1-2-2v-7.5a2 2 0 0 1 2-2zM6.75 2.75H14.5a2 2 0 0 1 2 2v8.5M6.5 9.5h4M6.5 13h2.5',
  plugins:
    'M4.25 2.75H7a1.5 1.5 0 0 1 1.5 1.5V7A1.5 1.5 0 0 1 7 8.5H4.25A1.5 1.5 0 0 1 2.75 7V4.25a1.5 1.5 0 0 1 1.5-1.5zM4.25 11.5H7A1.5 1.5 0 0 1 8.5 13v2.75a1.5 1.5 0 0 1-1.5 1.5H4.25a1.5 1.5 0 0 1-1.5-1.5V13a1.5 1.5 0 0 1 1.5-1.5zM13 11.5h2.75a1.5 1.5 0 0 1 1.5 1.5v2.75a1.5 1.5 0 0 1-1.5 1.5H13a1.5 1.5 0 0 1-1.5-1.5V13a1.5 1.5 0 0 1 1.5-1.5zM14.4 2.75v5.75M11.5 5.6h5.75',
  people: 'people',
  audit: 'M10 2.75l6 2.25v4.5c0 3.75-2.5 6.5-6 7.75-3.5-1.25-6-4-6-7.75V5zM7.25 9.75l2 2 3.5-3.75',
  settings: 'settings',
  message:
    'M3.25 8.25v3.5h2.5l7 3.75V4.5l-7 3.75zM5.75 11.75l1.1 4.75h1.9l-.75-3.5M15.5 8a2.75 2.75 0 0 1 0 4',
  log: 'M4.5 3.5h11a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2zM6 7.25l2.5 2.5L6 12.25M10.5 12.75h3.75',
  checkup: 'M2.75 10.5h3l1.75-4.75 3.5 8.5 2.25-5.75 1 2h3',
  accounts:
    'M4.5 3.5h11a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2zM5.75 8.5a1.9 1.9 0 1 0 3.8 0a1.9 1.9 0 1 0-3.8 0zM5 13.5c.25-1.5 1.15-2.25 2.65-2.25s2.4.75 2.65 2.25M12.5 8.25h2.5M12.5 11.75h2.5',
}

export const SEARCH: IconShape = 'M3 9a6 6 0 1 0 12 0a6 6 0 1 0-12 0zM13.4 13.4l3.85 3.85'
export const FILTER: IconShape = 'M3 5.25h14M5.75 10h8.5M8.5 14.75h3'
/** Both mirror from right to left by the style sheet of the pager. */
export const BEFORE: IconShape = 'M12.25 5.5 7.75 10l4.5 4.5'
export const NEXT: IconShape = 'M7.75 5.5 12.25 10l-4.5 4.5'
export const KEY: IconShape =
  'M2.75 13.5a3.75 3.75 0 1 0 7.5 0a3.75 3.75 0 1 0-7.5 0zM9.2 10.8l7.55-7.55M13.25 6.75l2.5 2.5M11 9l1.5 1.5'
export const LEAVE: IconShape =
  'M8 3.25H5.5a2 2 0 0 0-2 2v9.5a2 2 0 0 0 2 2H8M12.5 6.25 16.25 10l-3.75 3.75M16.25 10H7.5'
export const ROOMS_MENU: IconShape = 'M3 5.25h14M3 10h14M3 14.75h14'
export const AGAIN: IconShape = 'M16.25 10a6.25 6.25 0 1 1-1.9-4.5M16.5 3.25V6.5h-3.25'
export const FAILED: IconShape =
  'M2.75 10a7.25 7.25 0 1 0 14.5 0a7.25 7.25 0 1 0-14.5 0zM7.5 7.5l5 5M12.5 7.5l-5 5'
export const WAITING: IconShape =
  'M2.75 10a7.25 7.25 0 1 0 14.5 0a7.25 7.25 0 1 0-14.5 0zM10 6v4.25l2.75 1.75'
