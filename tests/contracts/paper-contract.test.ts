/** 纸质合同: signed on paper this program did not print. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AttachScan, RecordPaperContract } from '../../src-main/contracts/api.ts'
import { markPrinted } from '../../src-main/contracts/service.ts'
import { ListAttachments } from '../../src-main/customers/api.ts'
import { Detail } from '../../src-main/installations/api.ts'
import type { InputOf } from '../../src-main/platform/contract.ts'
import { approvalOf } from '../support/approval.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'
import { apply, requestId, stepsOf } from '../installations/steps.ts'

let hall: TestHall
let applicationId: string
let scan: string
beforeEach(async () => {
  hall = await openTestHall()
  applicationId = await apply(hall)
  await stepsOf(hall, applicationId).survey()
  await stepsOf(hall, applicationId).draft()
  scan = join(hall.folder, '合同 扫描.pdf')
  writeFileSync(scan, '%PDF-1.4\n%signed in 2019')
})
afterEach(() => hall.close())

const steps = () => stepsOf(hall, applicationId)
type Input = InputOf<typeof RecordPaperContract>
async function inputOf(kind: 'supply' | 'safety', more: Partial<Input> = {}): Promise<Input> {
  const { contracts } = await hall.call(Detail, { applicationId })
  const contract = contracts.find((one) => one.kind === kind && one.state !== 'void')
  if (!contract) throw new Error(kind)
  const said = {
    paperNo: `ZZ-2019-${kind}`,
    signedOn: '2019-05-01',
    validUntil: '2029-04-30',
    signatory: '赵敏',
    companySignatory: '钱柜员',
    reason: '老用户，原合同在档',
  }
  const terms = {
    ...said,
    contractId: contract.id,
    contract: `${kind === 'supply' ? '供用气合同' : '安全用气合同'} ${contract.contractNo}`,
    onFile: '赵敏',
    scan: '合同 扫描.pdf',
  }
  const approvalId = await approvalOf(hall, { purpose: 'paper-contract', terms }, 'clerk')
  return {
    ...said,
    requestId: requestId(),
    contractId: contract.id,
    relation: 'self',
    sourcePath: scan,
    approvalId,
    ...more,
  }
}
const record = async (kind: 'supply' | 'safety', more: Partial<Input> = {}) =>
  hall.call(RecordPaperContract, await inputOf(kind, more))

test('with its scan, read by a second person, counts as signed: the account is opened on it (clause 15)', async () => {
  expect(await record('supply')).toMatchObject({ state: 'signed', paperNo: 'ZZ-2019-supply', validUntil: '2029-04-30' })
  await hall.restart()
  expect(await record('safety')).toMatchObject({ state: 'signed', scanAttachmentId: expect.any(String) })
  await steps().openAccount()
  const { application } = await hall.call(Detail, { applicationId })
  const files = await hall.call(ListAttachments, { customerId: application.customerId })
  expect(files.rows.map(({ kind }) => kind).sort()).toEqual(['safety-contract', 'supply-contract'])
})

test('is refused when anything differs from what the manager read, when its term is over, and twice', async () => {
  const refused = (more: Partial<Input>) => record('supply', more)
  await expect(refused({ paperNo: 'ZZ-1' })).rejects.toMatchObject({ failure: { code: 'ApprovalRefused' } })
  await expect(refused({ signatory: '李四' })).rejects.toMatchObject({ failure: { code: 'ApprovalRefused' } })
  await expect(refused({ sourcePath: join(hall.folder, 'other.pdf') })).rejects.toMatchObject({
    failure: { code: 'ApprovalRefused' },
  })
  await expect(refused({ validUntil: '2026-11-22' })).rejects.toMatchObject({
    failure: { field: 'validUntil', message: expect.stringContaining('已到期') },
  })
  await expect(refused({ signedOn: '2026-11-24' })).rejects.toMatchObject({ failure: { field: 'signedOn' } })
  await expect(refused({ relation: 'agent' })).rejects.toMatchObject({ failure: { field: 'agentIdNumber' } })
  const first = await inputOf('supply')
  await hall.call(RecordPaperContract, first)
  await expect(record('supply')).rejects.toMatchObject({ failure: { code: 'ContractStateRefused' } })
  expect(() => hall.transact((context) => markPrinted(context, first.contractId))).toThrow('纸质签订')
})

test('below the services nothing is signed that was neither printed here nor read from its paper', async () => {
  const contractId = steps().contractOf('supply')
  const force = (more: string) =>
    hall.transact(({ sqlite }) =>
      sqlite
        .prepare(
          `UPDATE contracts SET state = 'signed', relation = 'agent', signatory = '赵敏', signed_on = '2019-05-01',
             valid_until = '2029-04-30', company_signatory = '钱柜员'${more} WHERE id = ?`,
        )
        .run(contractId),
    )
  expect(() => force('')).toThrow('signed on no paper of ours')
  expect(() =>
    force(`, paper_no = 'X', paper_reason = 'x', paper_approver_id = '${actorOf('hall-manager').id}'`),
  ).toThrow('signed on no paper of ours')
  const signed = await record('supply')
  expect(() =>
    hall.transact(({ sqlite }) => sqlite.prepare(`UPDATE contracts SET paper_no = 'Y' WHERE id = ?`).run(signed.id)),
  ).toThrow('what was signed stays')
})

test('its scan may be taken anew, and the file keeps both', async () => {
  const { id, scanAttachmentId } = await record('supply')
  const again = await hall.call(AttachScan, { requestId: requestId(), contractId: id, sourcePath: scan })
  expect(again.scanAttachmentId).not.toBe(scanAttachmentId)
})
