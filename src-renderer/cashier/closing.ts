import type { InjectionKey } from 'vue'
import type { CloseState } from '../../src-main/cashier/api.ts'

/**
 * Every call of the day close answers with the whole state; a step hands it to the page. `rest` puts the focus on the step
 * itself, where nothing is left to type: a digit there spoils no count that is kept.
 */
export const closing: InjectionKey<{ readonly take: (state: CloseState) => void; readonly rest?: () => void }> =
  Symbol('day close')
