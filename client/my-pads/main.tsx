/** The list of one's pads. */
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/ui.css'
import '../styles/plain.css'
import '../styles/my-pads.css'
import '../styles/forced.css'
import { startMyPads } from './start.tsx'

void startMyPads()
