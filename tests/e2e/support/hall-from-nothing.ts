/**
 * A hall that is no demo: an empty folder, the answers of the first-start wizard, one price, one person at the counter and
 * the manager. Made by the services, so that a test can begin where the counter does; nothing of it was invented before.
 */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { ResetPassword, SetUp } from '../../../src-main/access/api.ts'
import { AcceptWording, Wordings } from '../../../src-main/contracts/api.ts'
import { monthDay } from '../../../src-main/platform/dates.ts'
import { createKey } from '../../../src-main/platform/keys.ts'
import { cubicMetres, unitPrice } from '../../../src-main/platform/money.ts'
import { AddCertificate, Create } from '../../../src-main/staff/api.ts'
import { CreatePlan } from '../../../src-main/tariffs/api.ts'
import { copyIn } from '../../support/certificate.ts'
import { openTestHall } from '../../support/hall.ts'
import { demoMorning } from './demo-hall.ts'

export const passphrase = '空文件夹-第一天-2026'
/** Clerk and cashier in one person, as in a small hall. */
export const atCounter = { staffNo: '1001', name: '甄柜台', first: 'Chuci-Mima-11', own: 'Ziji-Xuanding-11' } as const

/** @returns the data folder; the caller removes it */
export async function makeHallFromNothing(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hall-first-'))
  const key = createKey(folder, { kind: 'passphrase', passphrase })
  const hall = await openTestHall({ folder, key, create: true, empty: true, now: Date.parse(demoMorning) - 1_800_000 })
  try {
    await hall.call(
      SetUp,
      {
        companyName: '无名燃气有限公司',
        hallCode: '901',
        hallName: '城北营业厅',
        company: {
          address: '无名市虚构路 1 号',
          legalRepresentative: '甄不有',
          creditCode: '91999999MA0000000K',
          taxNo: '',
          bank: '无名银行',
          bankAccount: '000000000000',
          servicePhone: '000-0000120',
          emergencyPhone: '000-0000119',
          complaintPhone: '',
        },
        pcCode: '01',
        staffNo: '9001',
        name: '贾主管',
        password: 'Zhunbei-Kaiye-26',
      },
      null,
    )
    await hall.call(
      CreatePlan,
      {
        requestId: v7(),
        code: 'JM-2026',
        name: '居民阶梯气价',
        category: 'resident',
        cycleStart: monthDay('01-01'),
        effectiveFrom: '2026-01-01',
        document: '无发改〔2026〕1 号',
        body: {
          kind: 'tiered',
          tiers: [
            { upTo: cubicMetres(300), price: unitPrice(26_300) },
            { upTo: null, price: unitPrice(31_600) },
          ],
          householdAddon: null,
        },
      },
      'administrator',
    )
    const { staffNo, name, first } = atCounter
    const roles = ['clerk', 'cashier'] as const
    const created = await hall.call(Create, { requestId: v7(), staffNo, name, roles: [...roles] }, 'administrator')
    await hall.call(ResetPassword, { staffId: created.staffId, password: first }, 'administrator')
    const certificate = {
      ...copyIn({ folder: mkdtempSync(join(tmpdir(), 'certificate-')) }),
      kind: 'maintenance',
      number: 'WX-2026-0001',
      issuedOn: '2026-01-01',
      validTo: '2028-12-31',
    } as const
    await hall.call(AddCertificate, { requestId: v7(), staffId: created.staffId, ...certificate }, 'administrator')
    const reading = { ...certificate, kind: 'meter-reading', number: 'CB-2026-0001' } as const
    await hall.call(AddCertificate, { requestId: v7(), staffId: created.staffId, ...reading }, 'administrator')
    // Whoever puts a meter in does not accept the work.
    const fitter = await hall.call(
      Create,
      { requestId: v7(), staffNo: '1002', name: '无验收', roles: ['clerk'] },
      'administrator',
    )
    const second = { ...certificate, staffId: fitter.staffId, number: 'WX-2026-0002' }
    await hall.call(AddCertificate, { requestId: v7(), ...second }, 'administrator')
    for (const { kind, audience, templateId } of await hall.call(Wordings, {}, 'administrator'))
      await hall.call(AcceptWording, { kind, audience, templateId }, 'administrator')
    return folder
  } finally {
    await hall.hall.close()
  }
}
