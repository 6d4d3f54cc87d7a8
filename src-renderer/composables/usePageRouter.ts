import { onBeforeUnmount } from 'vue'
import { useRouter, type Router } from 'vue-router'

/**
 * The router of a page: where it leads when what it was asked for is done. Whoever has gone elsewhere meanwhile stays there:
 * a payment that is still being booked does not fetch the clerk back from the page opened after F12.
 */
export function usePageRouter(): Pick<Router, 'push' | 'replace' | 'back' | 'resolve'> & {
  /** For what is asked for anew wherever one is by then: a scan that waited for the payment before it. */
  readonly open: Router['push']
} {
  const router = useRouter()
  let left = false
  onBeforeUnmount(() => (left = true))
  return {
    push: async (to) => (left ? undefined : router.push(to)),
    replace: async (to) => (left ? undefined : router.replace(to)),
    back: () => void (left || router.back()),
    resolve: router.resolve,
    open: router.push,
  }
}
