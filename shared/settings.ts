/** Settings that the page needs too; the whole schema is in `server/settings`. */

/** How a pad's page looks, from `padOptions` and from the query of an embedding page (Etherpad's names and meanings). */
export interface PadOptions {
  noColors: boolean
  showControls: boolean
  showChat: boolean
  showLineNumbers: boolean
  useMonospaceFont: boolean
  userName: string | null
  userColor: string | null
  rtl: boolean
  alwaysShowChat: boolean
  chatAndUsers: boolean
  lang: string | null
  fadeInactiveAuthorColors: boolean
  enforceReadableAuthorColors: boolean
  showMenuRight: boolean
}

/** What the server puts into the pad's page for the client, as JSON in `<script type="application/json" id="boot">`. */
export interface PadBoot {
  /** The name of the pad in this URL; the read-only id when the page was opened by one. */
  pad: string
  /** The installation's title. */
  title: string
  /** The page may not write, whatever the level will be. */
  readOnly: boolean
  /** From the settings; the client lays the query parameters over them. */
  padOptions: PadOptions
  /** The read-only id to share; null for readers. */
  readOnlyId: string | null
  /** `#rrggbb` or hue a new guest gets when the browser knows none. */
  version: string
}
