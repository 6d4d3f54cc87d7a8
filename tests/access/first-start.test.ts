/** The form of the first start: what is wrong is said field by field, in the order of the form, before anything is sent. */
import { expect, test } from 'vitest'
import { emptyForm, problemsOf } from '../../src-renderer/access/first-start.ts'

const whole = () => ({
  ...emptyForm(),
  companyName: '示例燃气有限公司',
  hallName: '城东营业厅',
  hallCode: '012',
  staffNo: '9001',
  name: '吴管理',
  password: 'Di-Yi-Ci-26',
})

test('papers and phones may wait, the hall and its administrator may not', () => {
  expect([...problemsOf(whole(), 'Di-Yi-Ci-26')]).toEqual([])
  expect([...problemsOf(emptyForm(), '').keys()]).toEqual([
    'companyName',
    'hallCode',
    'hallName',
    'staffNo',
    'name',
    'password',
  ])
})

test('a credit code, a bank account and a phone that cannot be one are told at their fields', () => {
  const form = whole()
  Object.assign(form.company, { creditCode: '91330000123456789X', bankAccount: '一号', servicePhone: '请问前台' })
  const problems = problemsOf(form, 'Di-Yi-Ci-26')
  expect(problems.get('company.creditCode')).toContain('校验不符')
  expect(problems.get('company.bankAccount')).toContain('8 至 40 位数字')
  expect(problems.get('company.servicePhone')).toContain('5 至 20 位数字')
  expect(problems.size).toBe(3)
})
