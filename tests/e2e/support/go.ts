/** To another page of the program at once, as no hand can: what is pressed next must not reach the page that is still there. */
import type { Page } from 'playwright-core'
import type { Router } from 'vue-router'

interface Mounted {
  readonly __vue_app__?: {
    readonly config: { readonly globalProperties: { readonly $router?: Router } }
  }
}

/** The program's own router. */
const router = (page: Page) =>
  page.evaluateHandle(() => {
    const found = (document.querySelector('#app') as Mounted | null)?.__vue_app__?.config.globalProperties.$router
    if (!found) throw new Error('nobody is logged in')
    return found
  })

/** Opens `path` ('/customers/…?tab=bills') by the program's own router. @returns once the page is there, or who asked was sent elsewhere */
export const go = async (page: Page, path: string): Promise<void> =>
  (await router(page)).evaluate(async (to, path) => {
    await to.push(path)
    // Its watchers and mounts are done with what the router told them.
    await new Promise((done) => setTimeout(done))
  }, path)

/** Sets out for `path` as where its page takes long to load. @returns once it is on its way: lets it arrive */
export async function goSlowly(page: Page, path: string): Promise<() => Promise<void>> {
  const held = await (
    await router(page)
  ).evaluateHandle(
    (router, path) =>
      new Promise<{ arrive: () => Promise<unknown> }>((setOut) => {
        const stop = router.beforeResolve(async (to) => {
          if (to.path !== path) return
          stop()
          await new Promise<void>((release) => setOut({ arrive: () => (release(), road) }))
        })
        const road = router.push(path)
      }),
    path,
  )
  return async () => void (await held.evaluate(({ arrive }) => arrive()))
}
