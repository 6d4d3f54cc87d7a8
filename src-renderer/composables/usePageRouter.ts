import { onBeforeUnmount } from 'vue'
import { useRouter, type RouteLocationNormalized, type Router } from 'vue-router'

/**
 * The router of a page: where it leads when what it was asked for is done. Whoever has gone elsewhere meanwhile stays there:
 * a payment that is still being booked does not fetch the clerk back from the page opened after F12, nor from the way to it
 * while that page is still being loaded.
 */
export function usePageRouter(): Pick<Router, 'push' | 'replace' | 'back' | 'resolve'> & {
  /** For what is asked for anew wherever one is by then: a scan that waited for the payment before it. */
  readonly open: Router['push']
} {
  const router = useRouter()
  let left = false
  /** Where somebody else's step leads that is still under way. */
  let leaving: RouteLocationNormalized | null = null
  const own = new Set<string>()
  const first = (to: RouteLocationNormalized) => (to.redirectedFrom ?? to).fullPath
  const arrived = (to: RouteLocationNormalized) => {
    if (leaving !== null && first(leaving) === first(to)) leaving = null
  }
  const ears = [
    router.beforeEach((to) => {
      if (!own.has(first(to))) leaving = to
    }),
    router.afterEach(arrived),
    router.onError((_, to) => arrived(to)),
  ]
  onBeforeUnmount(() => {
    left = true
    for (const stop of ears) stop()
  })
  const lead = async (by: 'push' | 'replace', ...[to]: Parameters<Router['push']>): ReturnType<Router['push']> => {
    if (left || leaving !== null) return undefined
    const path = router.resolve(to).fullPath
    own.add(path)
    try {
      return await router[by](to)
    } finally {
      own.delete(path)
    }
  }
  return {
    push: (to) => lead('push', to),
    replace: (to) => lead('replace', to),
    back: () => void (left || leaving !== null || router.back()),
    resolve: router.resolve,
    open: router.push,
  }
}
