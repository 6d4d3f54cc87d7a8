import { ElMessage, ElMessageBox } from 'element-plus'
import { certificateKindNames, type CertificateView } from '../../src-main/staff/api.ts'
import { api } from '../api.ts'
import { useCall } from '../composables/useCall.ts'
import { useRequestId } from '../composables/useRequestId.ts'

/** 收回上岗证, with its reason. @param done what follows */
export function useWithdraw(done: () => unknown): (certificate: CertificateView) => Promise<void> {
  const { id: requestId, renew } = useRequestId()
  const { run } = useCall(api.staff.withdrawCertificate)
  return async ({ id, name, kind }) => {
    const what = `${name}的${certificateKindNames[kind]}`
    const asked = await ElMessageBox.prompt(`收回${what}，今天起不能再派这项工作。收回原因`, '收回上岗证', {
      confirmButtonText: '收回',
      cancelButtonText: '返回',
      inputValidator: (text: string | null) => (text ?? '').trim() !== '' || '请填写收回原因',
    }).catch(() => null)
    if (asked === null) return
    const reason = (asked as { value: string }).value
    if (!(await run({ requestId: requestId.value, certificateId: id, reason }))) return
    renew()
    ElMessage.success(`已收回${what}`)
    done()
  }
}
