/** The administrator's pages. */
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/ui.css'
import '../styles/plain.css'
import '../styles/admin.css'
import '../styles/forced.css'
import { startAdmin } from './start.tsx'

void startAdmin()
