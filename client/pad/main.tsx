/** A pad's page: connection, editor and screen put together. */
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/ui.css'
import '../styles/shell.css'
import '../styles/document.css'
import '../styles/pad.css'
