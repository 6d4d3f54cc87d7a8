/** Entry of the window: as little as the login page needs. What comes behind it is brought in by `App.vue`. */
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { tellFailure } from './composables/useCall.ts'
import { vEnter } from './composables/ime.ts'
import { flushDrafts } from './drafts/keeper.ts'
// The login page has the size of this PC too.
import './shell/preferences.ts'
import './styles/tokens.css'
import './styles/base.css'
import { listenToHands } from './shell/service-time.ts'

const app = createApp(App)
app.use(createPinia())
app.directive('enter', vEnter)
// A fault of a page must not leave a clerk before a screen that silently does nothing.
app.config.errorHandler = (error) => {
  tellFailure(error)
}
window.addEventListener('unhandledrejection', (event) => {
  event.preventDefault()
  tellFailure(event.reason)
})
// A field that is left, and a window that is closed, have what was typed written at once.
window.addEventListener('focusout', () => void flushDrafts())
window.addEventListener('pagehide', () => void flushDrafts())
// Files leave by the program's own dialog, on record: a picture that is dragged out would be one that nobody knows of.
window.addEventListener('dragstart', (event) => event.preventDefault())
listenToHands()
app.mount('#app')
