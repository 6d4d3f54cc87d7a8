/** A code scanned on a page that does nothing with scans itself: it opens the customer's file, and confirms nothing. */
import { useRouter } from 'vue-router'
import { isValidNumber } from '../../src-main/platform/check-digit.ts'
import { api } from '../api.ts'
import { showMessage, tellFailure } from '../composables/useCall.ts'
import { useScanner, type Scan } from '../composables/useScanner.ts'
import { openDialog } from './key-layers.ts'
import { useSession } from './session.ts'
import { dropScanned, openScanned } from './type-ahead.ts'

/** Turned away: nothing of it goes into a field either. */
export function turnScanAway(code: string): void {
  dropScanned(code)
  warnOfScan(finishFirst)
}

export const warnOfScan = (message: string): void =>
  void showMessage({ type: 'warning', message, grouping: true, duration: 4000 })

/** Said where something else has to be finished first. */
export const finishFirst = '请先办完眼前的一步，再扫下一户'
export const unknownScan = (code: string): string => `扫到的“${code.slice(0, 40)}”不是户号或在用的表号，请核对后再扫`

/** A field of a form takes what is scanned into it, such as the number of a new meter; only a number of ours is none of its. */
const isOfAField = (code: string): boolean =>
  !isValidNumber(code) &&
  document.activeElement?.matches('input:not([type="checkbox"], [type="radio"]), textarea') === true

export function useScansEverywhere(): void {
  const router = useRouter()
  const session = useSession()
  const mayFind = () => session.has('cashier', 'clerk', 'hall-manager')

  /** @returns whether it is somebody's */
  async function open(code: string): Promise<boolean> {
    const { accountId } = await api.cashier.findByCode({ code })
    if (accountId === null) warnOfScan(unknownScan(code))
    else await router.push(`/customers/${accountId}`)
    return accountId !== null
  }
  function heard({ field, code, keep }: Scan): void {
    if (session.locked || session.mustChangePassword) return
    if (field?.closest('[data-scan="text"]')) return keep()
    if (openDialog() !== null || field !== null) return turnScanAway(code)
    if (mayFind()) openScanned(code, () => open(code).catch((error: unknown) => (tellFailure(error), false)))
    else dropScanned(code)
  }
  useScanner(heard, { ground: true, when: (code) => !isOfAField(code) })
}
