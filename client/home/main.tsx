/** The start page. */
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/ui.css'
import '../styles/plain.css'
import '../styles/home.css'
import '../styles/forced.css'
import { startHome } from './start.tsx'

void startHome()
