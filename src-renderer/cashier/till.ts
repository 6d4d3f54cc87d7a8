/** The till as it outlives a page: its rules, what was done last, and whether its receipt came out of the printer. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { PaymentRow } from '../../src-main/cashier/api.ts'
import { api } from '../api.ts'
import { printPaper } from '../components/printers.ts'
import { plainRules, receivedOf, type TillRules } from './tender.ts'

/** A payment as it is read out to the customer, amounts in fen. */
export const doneOf = (row: PaymentRow) => ({
  paymentId: row.paymentId,
  name: row.customerName,
  accountNo: row.accountNo,
  receiptNo: row.receiptNo,
  amount: row.amount,
  received: receivedOf(row.tenders),
  change: row.change,
  rounding: row.rounding,
  toPrepayment: row.toPrepayment,
  covered: row.covered,
  voided: row.state === 'voided',
})
export type Done = ReturnType<typeof doneOf>

type Printing = { readonly paymentId: string; readonly words: string; readonly failed: boolean }

export const useTill = defineStore('till', () => {
  const rules = shallowRef<TillRules>(plainRules)
  const last = shallowRef<PaymentRow | null>(null)
  const printing = ref<Printing | null>(null)

  async function refresh(): Promise<void> {
    const { last: newest, ...found } = await api.cashier.till({})
    rules.value = found
    last.value = newest
  }

  /** Prints in the background: the next customer need not wait for the printer, nor the payment for either. */
  async function print(paymentId: string): Promise<void> {
    const say = (words: string, failed = false) => void (printing.value = { paymentId, words, failed })
    say('正在打印收据')
    const { ok, text } = await printPaper({ kind: 'receipt', id: paymentId, quiet: true })
    say(ok ? text : `${text}；款已收妥`, !ok)
  }

  return {
    rules,
    last,
    done: computed(() => last.value && doneOf(last.value)),
    /** What is to be said of the printing of the last receipt; null where nothing was printed. */
    printed: computed(() => (printing.value?.paymentId === last.value?.paymentId ? printing.value : null)),
    refresh,
    print,
  }
})
