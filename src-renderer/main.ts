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

const app = createApp(App)
app.use(createPinia())
app.directive('enter', vEnter)
// A fault of a page must not leave a clerk before a screen that silently does nothing.
app.config.errorHandler = (error) => {
  console.error(error)
  tellFailure(error)
}
window.addEventListener('unhandledrejection', (event) => {
  event.preventDefault()
  console.error(event.reason)
  tellFailure(event.reason)
})
// A field that is left, and a window that is closed, have what was typed written at once.
window.addEventListener('focusout', () => void flushDrafts())
window.addEventListener('pagehide', () => void flushDrafts())
app.mount('#app')
