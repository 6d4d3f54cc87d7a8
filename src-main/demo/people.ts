/** Invented people and organisations with the names, care and variety of a real hall's customers. */
import type { Random } from './random.ts'

type Words = readonly [string, ...string[]]
const words = (text: string): Words => text.split(' ') as unknown as Words

/** Common surnames first and oftener, then the ones whose sound differs from the usual reading of the character. */
const commonSurnames = words(
  '王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈',
)
const rareSurnames = words('单 曾 解 仇 任 区 盖 查 翟 欧阳 上官 司马 诸葛 尉迟 万俟 缪 乐 朴')
const given = words(
  '伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀英 霞 平 刚 桂英 志强 建国 建华 晓燕 海燕 玉兰 桂兰 淑珍 秀兰 国强 文博 浩然 子轩 雨桐 梓涵 欣怡 诗涵 俊杰 宇航 思远 佳怡 婷婷 春梅 冬梅 红梅 丽华 金凤 凤英 德胜 长青 永福 少华 振东 世杰 乐天 重阳 行健 朝晖',
)

export function personName(random: Random): string {
  const surname = random.chance(94) ? random.pick(commonSurnames) : random.pick(rareSurnames)
  return surname + random.pick(given)
}

const trades = {
  commercial: words('饭店 火锅店 面馆 酒店 洗浴中心 烘焙坊 食府 小吃店 茶餐厅 烧烤店'),
  industrial: words('陶瓷厂 玻璃制品厂 印染厂 食品加工厂 铸造厂 锻压厂 涂装厂'),
  public: words('中心小学 第二中学 幼儿园 人民医院 养老服务中心 社区食堂 福利院'),
} as const
const brands = words('福满楼 老街 金穗 鸿运 聚贤 盛和 瑞丰 东升 南湖 西岭 北苑 云溪 佳和 恒丰 天成 泰和 明德 康宁')

export type OrganisationKind = keyof typeof trades
export const organisationName = (random: Random, kind: OrganisationKind): string =>
  random.pick(brands) + random.pick(trades[kind])

interface Community {
  readonly street: string
  readonly name: string
}
/** 示例市: places that exist nowhere, near enough to each other to be one hall's district. */
const streets = words('示范大街 云溪路 望江路 青禾路 临湖北路 松柏巷 新泉路 和平东街')
const communityNames = words(
  '阳光花园 锦绣家园 翠湖苑 金色港湾 幸福里 望江名邸 云溪花苑 青禾雅居 松柏新村 临湖小区 新泉佳苑 和平里 丽景湾 玉兰苑 书香门第 银杏公寓 梧桐院 长乐坊 重庆里 朝阳新村',
)

export const district = '示例区'

export interface Place extends Community {
  readonly building: string
  readonly unit: string
  readonly room: string
  readonly address: string
}

/** The n-th home of the district: communities are filled building by building, as they are built. */
export function home(n: number): Place {
  const perUnit = 12
  const perBuilding = 3 * perUnit
  const perCommunity = 24 * perBuilding
  const community = Math.floor(n / perCommunity)
  const phase = Math.floor(community / communityNames.length)
  const base = communityNames[community % communityNames.length] ?? ''
  const name = phase === 0 ? base : `${base}${phase + 1}期`
  const street = streets[community % streets.length] ?? ''
  const building = String((Math.floor(n / perBuilding) % 24) + 1)
  const unit = String((Math.floor(n / perUnit) % 3) + 1)
  const inUnit = n % perUnit
  const room = `${Math.floor(inUnit / 2) + 1}0${(inUnit % 2) + 1}`
  return { street, name, building, unit, room, address: `${district}${street}${name}${building}号楼${unit}单元${room}` }
}

export function shop(random: Random, n: number): Place {
  const street = random.pick(streets)
  const room = String(n + 1)
  return { street, name: street, building: '', unit: '', room, address: `${district}${street}${room}号` }
}
