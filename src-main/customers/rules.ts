/** The law of this room without I/O: addresses as they are printed, and what a complete file holds. */
import type { AttachmentKind, CustomerCategory, IdKind } from './words.ts'
import type { PlaceValue } from './schemas.ts'

const withWord = (part: string, word: string): string => (/^[0-9A-Za-z]+$/.test(part) ? part + word : part)

/** The address as it is printed: 阳光区人民路12号阳光花园3号楼2单元501室. Bare numbers get their words. */
export function addressOf({ district, street, community, building, unit, room }: PlaceValue): string {
  return [district, street, community, withWord(building, '号楼'), withWord(unit, '单元'), withWord(room, '室')].join(
    '',
  )
}

export interface FileFacts {
  readonly category: CustomerCategory
  readonly idKind: IdKind
  readonly phone: string
  readonly phoneAlt: string | null
  readonly hasAccount: boolean
  readonly hasMeter: boolean
  readonly attachments: ReadonlySet<AttachmentKind>
}

export interface CompletenessItemValue {
  readonly key: string
  readonly label: string
  readonly kind: 'field' | 'paper'
  readonly done: boolean
}

/** 应归档的材料 by category: people prove who they are, organisations that they exist. */
const papersOf = (category: CustomerCategory): readonly (readonly [AttachmentKind, string])[] => [
  ...(category === 'resident'
    ? ([['identity', '身份证明复印件']] as const)
    : ([
        ['licence', '营业执照复印件'],
        ['identity', '法定代表人或经办人身份证明'],
      ] as const)),
  ['property', category === 'resident' ? '房产证明' : '用气场所证明'],
  ['supply-contract', '供用气合同扫描件'],
  ['safety-contract', '安全用气合同扫描件'],
  ['acceptance', '验收资料'],
]

/** How complete a file is, 0–100, and every item that belongs in it (clauses 6(9), 25(2)). */
export function completenessOf(facts: FileFacts): { score: number; items: CompletenessItemValue[] } {
  const field = (key: string, label: string, done: boolean) => ({ key, label, kind: 'field' as const, done })
  const items: CompletenessItemValue[] = [
    field('idNumber', facts.category === 'resident' ? '证件号码' : '统一社会信用代码', facts.idKind !== 'none'),
    field('phone', '联系电话', facts.phone !== ''),
    field('phoneAlt', '备用电话', facts.phoneAlt !== null),
    field('account', '户号与用气地址', facts.hasAccount),
    field('meter', '表具', facts.hasMeter),
    ...papersOf(facts.category).map(([key, label]) => ({
      key,
      label,
      kind: 'paper' as const,
      done: facts.attachments.has(key),
    })),
  ]
  const done = items.filter((item) => item.done).length
  return { score: Math.floor((done * 100) / items.length), items }
}
