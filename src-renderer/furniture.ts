/** What the window needs beyond the login page: Element Plus, the rooms' pages, the keys. Brought in once. */
import type { App } from 'vue'
import { z } from 'zod'
import { passChosen, passEnter } from './composables/enter.ts'
import { installElement } from './element.ts'
import { createHallRouter } from './shell/routes.ts'
import { useSession } from './shell/session.ts'
import { tellWhole } from './shell/whole-text.ts'
import { hearBeforeField, hearEnter, hearKey, hearPointer } from './shell/hear-keys.ts'

// The page's security policy forbids code made from text, which zod would try for speed.
z.config({ jitless: true })

const furnished = new WeakSet<App>()

export function furnish(app: App): void {
  if (furnished.has(app)) return
  furnished.add(app)
  installElement(app)
  const session = useSession()
  app.use(createHallRouter(() => session.roles))
  // In the bubble phase: an open list or field that uses a key itself keeps it.
  window.addEventListener('keydown', hearKey)
  window.addEventListener('keydown', passEnter)
  window.addEventListener('mouseover', tellWhole)
  // Before the field that still has the focus takes an Enter that was meant for the dialog in front.
  window.addEventListener('keydown', hearEnter, { capture: true })
  window.addEventListener('keydown', hearBeforeField, { capture: true })
  window.addEventListener('keydown', passChosen, { capture: true })
  window.addEventListener('pointerdown', hearPointer, { capture: true })
}
