/** Entry of the window: the shell over the rooms' pages. */
import ElementPlus from 'element-plus'
import zhCn from 'element-plus/es/locale/lang/zh-cn'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { z } from 'zod'
import 'element-plus/dist/index.css'
import App from './App.vue'
import { tellFailure } from './composables/useCall.ts'
import { vEnter } from './composables/ime.ts'
import { flushDrafts } from './drafts/keeper.ts'
import { hearKey } from './shell/key-layers.ts'
import { createHallRouter } from './shell/routes.ts'
import { useSession } from './shell/session.ts'
import './styles/tokens.css'
import './styles/base.css'

// The page's security policy forbids code made from text, which zod would try for speed.
z.config({ jitless: true })

const app = createApp(App)
app.use(createPinia())
const session = useSession()
app.use(createHallRouter(() => session.roles))
app.use(ElementPlus, { locale: zhCn, size: 'default', zIndex: 2000 })
app.directive('enter', vEnter)
// A fault of a page must not leave a clerk before a screen that silently does nothing.
app.config.errorHandler = (error) => tellFailure(error)
window.addEventListener('unhandledrejection', (event) => {
  event.preventDefault()
  tellFailure(event.reason)
})
// In the bubble phase: an open list or field that uses a key itself keeps it.
window.addEventListener('keydown', hearKey)
// A field that is left, and a window that is closed, have what was typed written at once.
window.addEventListener('focusout', () => void flushDrafts())
window.addEventListener('pagehide', () => void flushDrafts())
app.mount('#app')
