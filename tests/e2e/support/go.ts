/** To another page of the program at once, as no hand can: what is pressed next must not reach the page that is still there. */
import type { Page } from 'playwright-core'

interface Mounted {
  readonly __vue_app__?: {
    readonly config: { readonly globalProperties: { readonly $router?: { push(path: string): Promise<unknown> } } }
  }
}

/** Opens `path` ('/customers/…?tab=bills') by the program's own router. @returns once the page is there, or who asked was sent elsewhere */
export const go = (page: Page, path: string): Promise<void> =>
  page.evaluate(async (to) => {
    const router = (document.querySelector('#app') as Mounted | null)?.__vue_app__?.config.globalProperties.$router
    if (!router) throw new Error(`nobody is logged in to open ${to}`)
    await router.push(to)
    // Its watchers and mounts are done with what the router told them.
    await new Promise((done) => setTimeout(done))
  }, path)
