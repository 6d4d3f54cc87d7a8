/**
 * Element Plus with its sheet and ours over it. A megabyte that the login page does without: everything of it that is not
 * imported by a page lies behind this file, which is loaded while somebody types a password.
 */
import ElementPlus, { ElMessage, messageConfig } from 'element-plus'
import zhCn from 'element-plus/es/locale/lang/zh-cn'
import type { App } from 'vue'
import 'element-plus/dist/index.css'
import './styles/element.css'

export { ElMessage }

// In the strip below the page (`--hall-foot`), the newest in front (styles/element.css): it covers no title, field or
// button, nor those of a dialog. No `max`: the library would drop the newest one.
Object.assign(messageConfig, { placement: 'bottom' })

export const installElement = (app: App): void =>
  void app.use(ElementPlus, { locale: zhCn, size: 'default', zIndex: 2000 })
