import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  AcceptWording,
  AttachScan,
  ContractsOfAccount,
  ReadWording,
  SignContract,
  VoidContract,
} from '../../src-main/contracts/api.ts'
import { markPrinted, paperData } from '../../src-main/contracts/service.ts'
import { EditCustomer, ListAttachments } from '../../src-main/customers/api.ts'
import { Detail } from '../../src-main/installations/api.ts'
import { inventedNationalId } from '../../src-main/demo/invented.ts'
import { approvalOf } from '../support/approval.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'
import { apply, requestId, restaurantApplication, stepsOf, today, untilIgnition } from '../installations/steps.ts'

let hall: TestHall
let applicationId: string
beforeEach(async () => {
  hall = await openTestHall()
  applicationId = await apply(hall)
  await stepsOf(hall, applicationId).survey()
  await stepsOf(hall, applicationId).draft()
})
afterEach(() => hall.close())

const steps = () => stepsOf(hall, applicationId)
const paper = (kind: 'supply' | 'safety') =>
  hall.transact((context) => paperData(context, steps().contractOf(kind), true))
const detail = () => hall.call(Detail, { applicationId })

describe('a drafted contract', () => {
  test.each(['supply', 'safety'] as const)(
    '%s for a resident carries both parties, place, use, price and terms',
    (kind) => {
      const { body, contractNo, mark, title } = paper(kind)
      expect(title).toBe(kind === 'supply' ? '供用气合同' : '安全用气合同')
      expect(contractNo).toMatch(kind === 'supply' ? /^GY00101\d{8}$/ : /^AQ00101\d{8}$/)
      expect(mark).toBe('草稿')
      for (const text of [
        contractNo,
        '示例燃气有限公司',
        '示例营业厅',
        '赵敏',
        inventedNationalId(1),
        '和平小区',
        '居民（炊事、热水）',
        '燃气灶 1 台、热水器 1 台',
        '956100',
        '民法典',
        '一式两份',
        '签订日期',
        '2 次',
        '2 kPa',
        '3‰',
      ]) {
        expect(body).toContain(text)
      }
      expect(body).not.toMatch(/undefined|null|\{\{/)
    },
  )

  test('for supply states the tiers and prices of the plan in force', () => {
    const { body } = paper('supply')
    expect(body).toMatch(/第一档 年用气量 [\d.]+ m³（含）以下 [\d.]+ 元\/m³/)
    expect(body).toContain('第三档')
    expect(body).toContain('每日 24 小时连续供应')
  })

  test('for a restaurant is worded for organisations, with the agreed volumes', async () => {
    const other = await apply(hall, restaurantApplication(hall, 2))
    await stepsOf(hall, other, false).survey()
    await stepsOf(hall, other, false).draft()
    const { body, templateName } = hall.transact((context) =>
      paperData(context, stepsOf(hall, other, false).contractOf('supply'), true),
    )
    expect(body).toContain('每年 12,000 m³，小时最大 20 m³')
    expect(body).toContain('统一社会信用代码')
    expect(body).toContain('不少于 4 次')
    expect(templateName).toBe('供用气-非居民 第 1 版')
  })

  test('escapes what people typed: a name is never markup', () => {
    hall.transact(({ sqlite }) =>
      sqlite.exec(`UPDATE contracts SET fields = json_set(fields, '$.customerName', '<b>赵</b>')`),
    )
    expect(paper('supply').body).toContain('&lt;b&gt;赵&lt;/b&gt;')
  })

  test('cannot be signed before it was printed', async () => {
    await expect(steps().sign('supply')).rejects.toThrow('请先打印合同')
  })
})

describe('a printed contract', () => {
  test('says 示例 across it until the company has accepted its wording', async () => {
    await steps().print('supply')
    const { templateId } = await hall.call(ReadWording, { kind: 'supply', audience: 'resident' }, 'hall-manager')
    await hall.call(AcceptWording, { kind: 'supply', audience: 'resident', templateId }, 'hall-manager')
    expect(paper('supply').mark).toBeNull()
  })

  test('is frozen: a later print is alike to the letter, whatever changed since, also after a restart', async () => {
    await steps().print('supply')
    const first = paper('supply')
    // Nobody of the company has accepted the shipped wording yet.
    expect(first.mark).toBe('示例')
    const { application } = await detail()
    await hall.call(EditCustomer, {
      requestId: requestId(),
      customerId: application.customerId,
      version: 1,
      change: { name: '赵敏敏' },
    })
    hall.clock.advance(3 * 86_400_000)
    await hall.restart()
    await steps().print('supply')
    expect(paper('supply')).toEqual(first)
  })

  test('whose text was altered in the file is not printed again, and says so', async () => {
    await steps().print('supply')
    hall.transact(({ sqlite }) => {
      expect(() => sqlite.exec(`UPDATE contract_texts SET body = '别的内容'`)).toThrow('append-only')
      sqlite.exec(`DROP TRIGGER contract_texts_refuse_update; UPDATE contract_texts SET body = '别的内容'`)
    })
    expect(() => paper('supply')).toThrow('合同文本与首次打印时的校验值不符')
  })

  test('keeps the wording it was drafted with when the program brings a new one', async () => {
    const before = paper('supply').body
    hall.transact(({ sqlite }) =>
      sqlite.exec(
        `INSERT INTO contract_templates SELECT 'supply-resident-later', kind, audience, 2, '新文本', created_at, created_by
         FROM contract_templates WHERE kind = 'supply'`,
      ),
    )
    expect(paper('supply').body).toBe(before)
    expect(paper('supply').templateName).toBe('供用气-居民 第 1 版')
  })
})

describe('a signature', () => {
  const base = (contractId: string) => ({
    requestId: requestId(),
    contractId,
    signedOn: today,
    relation: 'self' as const,
    signatory: '赵敏',
    companySignatory: '钱柜员',
  })

  test('is recorded with date, signatory and the company’s hand, once', async () => {
    await steps().print('supply')
    const input = base(steps().contractOf('supply'))
    const signed = await hall.call(SignContract, input)
    expect(signed).toMatchObject({ state: 'signed', signedOn: today, signatory: '赵敏', companySignatory: '钱柜员' })
    expect(await hall.call(SignContract, input)).toEqual(signed)
    await expect(hall.call(SignContract, { ...input, requestId: requestId() })).rejects.toThrow('合同已登记签订')
  })

  test('by an agent needs a valid ID number, which is never shown in full', async () => {
    await steps().print('safety')
    const agent = { ...base(steps().contractOf('safety')), relation: 'agent' as const, signatory: '钱亮' }
    await expect(hall.call(SignContract, agent)).rejects.toMatchObject({ failure: { field: 'agentIdNumber' } })
    await expect(hall.call(SignContract, { ...agent, agentIdNumber: '110105194912310021' })).rejects.toMatchObject({
      failure: { field: 'agentIdNumber' },
    })
    const signed = await hall.call(SignContract, { ...agent, agentIdNumber: inventedNationalId(7) })
    expect(signed.agentIdNumber).toMatch(/^\d{3}\*{11}/)
  })

  test('dated tomorrow or by another name than the customer’s is refused', async () => {
    await steps().print('supply')
    const input = base(steps().contractOf('supply'))
    await expect(hall.call(SignContract, { ...input, signedOn: '2026-11-24' })).rejects.toMatchObject({
      failure: { field: 'signedOn' },
    })
    await expect(hall.call(SignContract, { ...input, signatory: '赵明' })).rejects.toMatchObject({
      failure: { field: 'signatory' },
    })
  })

  test('of the holder in another writing is taken by two, with why; nothing else is', async () => {
    await steps().print('supply')
    const contractId = steps().contractOf('supply')
    const reason = '户口簿为繁体，本人签字'
    const { contractNo } = hall.hall.environment.sqlite
      .prepare('SELECT contract_no AS contractNo FROM contracts WHERE id = ?')
      .get(contractId) as { contractNo: string }
    const terms = { contractId, contract: contractNo, onFile: '赵敏', signatory: '趙敏', reason }
    const agreed = (more = {}) =>
      approvalOf(hall, { purpose: 'contract-signature', terms: { ...terms, ...more } }, 'clerk')
    const send = (approvalId: string, more = {}) =>
      hall.call(SignContract, {
        ...base(contractId),
        signatory: '趙敏',
        different: { reason, approvalId },
        ...more,
      })
    for (const wrong of [await agreed({ signatory: '赵明' }), await agreed({ reason: '别的' }), randomUUID()])
      await expect(send(wrong)).rejects.toMatchObject({ failure: { code: 'ApprovalRefused' } })
    await expect(send(await agreed(), { signatory: '李四' })).rejects.toMatchObject({
      failure: { code: 'ApprovalRefused' },
    })
    // Nor past the calls.
    expect(() =>
      hall.transact(({ sqlite }) =>
        sqlite
          .prepare(
            `UPDATE contracts SET state = 'signed', relation = 'self', signatory = '李四', signed_on = '2026-11-23',
             company_signatory = '钱柜员' WHERE id = ?`,
          )
          .run(contractId),
      ),
    ).toThrow('another name')
    expect(await send(await agreed())).toMatchObject({ state: 'signed', signatory: '趙敏' })
    await hall.restart()
    const kept = hall.hall.environment.sqlite
      .prepare('SELECT different_reason AS why, different_approver_id AS who FROM contracts WHERE id = ?')
      .get(contractId)
    expect(kept).toEqual({ why: reason, who: actorOf('hall-manager').id })
  })

  test.each(['signatory', 'companySignatory'])('with a number as %s is refused: it is nobody’s name', async (field) => {
    await steps().print('supply')
    const input = {
      ...base(steps().contractOf('supply')),
      relation: 'agent' as const,
      agentIdNumber: inventedNationalId(7),
    }
    await expect(hall.call(SignContract, { ...input, [field]: '20261124' })).rejects.toMatchObject({
      failure: { field },
    })
    expect((await hall.call(SignContract, input)).state).toBe('signed')
  })

  test('on paper is scanned into the customer file, only once it is recorded', async () => {
    const sourcePath = join(hall.folder, '合同.pdf')
    writeFileSync(sourcePath, '%PDF-1.7\n%%EOF\n')
    const contractId = steps().contractOf('supply')
    const scan = () => hall.call(AttachScan, { requestId: requestId(), contractId, sourcePath })
    await steps().print('supply')
    await expect(scan()).rejects.toThrow('请先登记签订')
    await steps().sign('supply')
    expect((await scan()).scanAttachmentId).not.toBeNull()
    const { application } = await detail()
    const { rows } = await hall.call(ListAttachments, { customerId: application.customerId })
    expect(rows).toMatchObject([{ kind: 'supply-contract', name: '合同.pdf' }])
  })
})

describe('作废', () => {
  const voiding = (kind: 'supply' | 'safety', as: 'clerk' | 'hall-manager' = 'clerk') =>
    hall.call(VoidContract, { requestId: requestId(), contractId: steps().contractOf(kind), reason: '姓名有误' }, as)

  test('keeps number and reason; a new contract gets the next number and closes the gap in the application', async () => {
    await steps().print('supply')
    await voiding('supply')
    await steps().draft()
    const { contracts } = await detail()
    const supply = contracts.filter(({ kind }) => kind === 'supply')
    expect(supply.map(({ state }) => state).toSorted()).toEqual(['draft', 'void'])
    expect(supply.find(({ state }) => state === 'void')?.voidReason).toBe('姓名有误')
    expect(new Set(supply.map(({ contractNo }) => contractNo)).size).toBe(2)
  })

  test('of a signed one is the hall manager’s, and ends when gas flows', async () => {
    await steps().printAndSign('supply')
    await expect(voiding('supply')).rejects.toThrow('已签订的合同须由营业厅主任作废')
    await voiding('supply', 'hall-manager')
    await steps().draft()
    await steps().printAndSign('supply')
    await steps().printAndSign('safety')
    await steps().openAccount()
    await voiding('safety', 'hall-manager')
    await steps().installMeter()
    await steps().accept()
    await steps().tightness()
    await steps().safety()
    await expect(steps().ignite()).rejects.toThrow('安全用气合同尚未签订')
    await steps().draft()
    await steps().printAndSign('safety')
    await steps().ignite()
    await expect(voiding('supply', 'hall-manager')).rejects.toThrow('合同正在履行')
    const { application } = await detail()
    const { length } = await hall.call(ContractsOfAccount, { accountId: application.accountId ?? '' })
    expect(length).toBe(3)
  })

  test('before the first print leaves nothing to print', async () => {
    const contractId = steps().contractOf('supply')
    await voiding('supply')
    expect(() => hall.transact((context) => markPrinted(context, contractId))).toThrow('没有可以打印的文本')
  })
})

test('the whole way from application to gas signs both contracts', async () => {
  const other = await apply(hall, restaurantApplication(hall, 3))
  await untilIgnition(stepsOf(hall, other, false), 'M-300001')
  const { contracts } = await hall.call(Detail, { applicationId: other })
  expect(contracts.map(({ kind, state }) => [kind, state])).toEqual([
    ['supply', 'signed'],
    ['safety', 'signed'],
  ])
})

test('the contracts of one application are found among those of all customers by an index, the void ones too', () => {
  const plan = hall.hall.environment.sqlite
    .prepare('EXPLAIN QUERY PLAN SELECT * FROM contracts WHERE application_id = ?')
    .all('x') as { detail: string }[]
  expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining('contracts_application')])
})
