import { ElMessage } from 'element-plus'
import { certificateKindNames, type CertificateView } from '../../src-main/staff/api.ts'
import { api } from '../api.ts'
import { askReason } from '../components/ask-reason.ts'
import { useCall } from '../composables/useCall.ts'
import { useRequestId } from '../composables/useRequestId.ts'

/** 收回上岗证, with its reason. @param done what follows */
export function useWithdraw(done: () => unknown): (certificate: CertificateView) => Promise<void> {
  const { id: requestId, renew } = useRequestId()
  const { run } = useCall(api.staff.withdrawCertificate)
  return async ({ id, name, kind }) => {
    const what = `${name}的${certificateKindNames[kind]}`
    const reason = await askReason({
      title: '收回上岗证',
      done: '收回',
      text: `收回${what}，今天起不能再派这项工作。`,
      danger: true,
    })
    if (reason === null) return
    if (!(await run({ requestId: requestId.value, certificateId: id, reason }))) return
    renew()
    ElMessage.success(`已收回${what}`)
    done()
  }
}
