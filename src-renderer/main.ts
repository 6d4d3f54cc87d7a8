/** Entry of the window: as little as the login page needs. What comes behind it is brought in by `App.vue`. */
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { tellFailure } from './composables/useCall.ts'
import { vEnter } from './composables/ime.ts'
import './styles/tokens.css'
import './styles/base.css'

const app = createApp(App)
app.use(createPinia())
app.directive('enter', vEnter)
// A fault of a page must not leave a clerk before a screen that silently does nothing.
app.config.errorHandler = (error) => tellFailure(error)
window.addEventListener('unhandledrejection', (event) => {
  event.preventDefault()
  tellFailure(event.reason)
})
app.mount('#app')
