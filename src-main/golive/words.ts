/** 开业准备 in the order in which it is done, and why each matters. */
export const checklistItems = [
  'phones',
  'prices',
  'staff',
  'printers',
  'headquarters',
  'wordings',
  'customers',
  'window',
  'board',
  'backup',
] as const
export type ChecklistItem = (typeof checklistItems)[number]

export const checklistWords: Readonly<Record<ChecklistItem, { readonly title: string; readonly why: string }>> = {
  phones: { title: '公司电话', why: '每张单据都印 24 小时服务和抢险电话，没有就不能打印' },
  prices: { title: '气价', why: '没有生效的价格方案，不能开户、导入和出账' },
  staff: { title: '人员和上岗证', why: '收费、批准各要专人；没有有效上岗证，不能抄表，维修、抢修、安检派不出去' },
  printers: { title: '打印机', why: '开业前每种单据各试印一张，免得客户等在窗口' },
  headquarters: { title: '总部接收地址', why: '每笔业务自动上报总部，本机损坏也有一份' },
  wordings: { title: '合同文本', why: '随程序带来的是示例文本，须由公司审定后才作为本公司的合同' },
  customers: { title: '现有客户', why: '有老系统就导入客户、表具和欠费；新厅从零开始也请注明' },
  window: {
    title: '结束迁入期',
    why: '老系统搬完就结束；以后带“供气”的客户不能再导入，新户一律报装、验收、试验后通气',
  },
  board: { title: '公示牌', why: '气质、价格、流程、时限、电话应在营业厅公示' },
  backup: { title: '备份', why: '先做成一份能打开的备份，以后每天自动备份' },
}

/** What may be decided as not needed here, with the word for it. */
export const notNeededWords: Readonly<Partial<Record<ChecklistItem, string>>> = {
  printers: '暂不试印',
  headquarters: '暂不上报',
  customers: '从零开始，不导入',
}
