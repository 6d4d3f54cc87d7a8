import type { InjectionKey } from 'vue'
import type { CloseState } from '../../src-main/cashier/api.ts'

/** Every call of the day close answers with the whole state; a step hands it to the page. */
export const closing: InjectionKey<{ readonly take: (state: CloseState) => void }> = Symbol('day close')
