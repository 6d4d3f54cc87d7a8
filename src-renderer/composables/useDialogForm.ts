import { ref, watch, type Ref } from 'vue'
import { useRequestId } from './useRequestId.ts'

/**
 * What is filled in in a dialog: empty, with a request id of its own, each time the dialog opens.
 * @param empty what stands there before anybody typed, the proposals
 */
export function useDialogForm<Form>(
  open: Readonly<Ref<boolean>>,
  empty: () => Form,
): { readonly form: Ref<Form>; readonly requestId: Readonly<Ref<string>>; readonly renew: () => void } {
  const form = ref(empty()) as Ref<Form>
  const { id: requestId, renew } = useRequestId()
  watch(open, (isOpen) => {
    if (!isOpen) return
    renew()
    form.value = empty()
  })
  return { form, requestId, renew }
}
