/** Settings of collection and day close. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

/** A payment through a channel is refused without the channel's number; otherwise the till asks once. */
const requiredReference = (means: string) => ({
  label: `${means}收款必须填流水号`,
  schema: z.boolean(),
  default: false,
})

export const settings = {
  'cashier.floatFen': {
    label: '班次备用金标准',
    unit: '分',
    schema: z.int().min(0).max(10_000_000),
    default: 50_000,
  },
  'cashier.terminals': {
    label: '本厅在渠道账单上的设备号、门店或终端号（用分号隔开，空为不区分）',
    schema: z.string().max(500),
    default: '',
  },
  'cashier.prepaymentCoversDebts': {
    label: '存入预存时先抵扣欠费',
    schema: z.boolean(),
    default: true,
  },
  'cashier.cashRounding': {
    label: '现金尾差（角以下）',
    choices: { none: '不取整，按分收取', down: '舍去分，收到角', 'half-up': '四舍五入到角' },
    schema: z.enum(['none', 'down', 'half-up']),
    default: 'none',
  },
  'cashier.maxChangeFen': {
    label: '单笔找零上限（超过即拒收）',
    unit: '分',
    schema: z.int().min(10_000).max(10_000_000),
    default: 100_000,
  },
  'cashier.smallPartPercent': {
    label: '部分缴纳不到应收的多少时再问一次（示例）',
    unit: '%',
    schema: z.int().min(0).max(100),
    default: 20,
  },
  'cashier.requireReference.wechat': requiredReference('微信'),
  'cashier.requireReference.alipay': requiredReference('支付宝'),
  'cashier.requireReference.pos': requiredReference('刷卡'),
  'cashier.requireReference.transfer': requiredReference('转账'),
} as const satisfies Settings
