/**
 * 本公司增加的检查项目: what a company has looked at beyond what the regulation asks. The regulation's items stand in the code and are
 * never fewer; these are added, reworded and left out by a setting of two persons. An item is known by its own words, so that an
 * answer says for ever what was asked, whatever the list became. Pure, on both floors.
 */
import { z } from 'zod'

export interface OwnItem {
  /** `own:` and its words. */
  readonly item: string
  readonly text: string
  /** Only for residents, only for others, or for all. */
  readonly for?: 'resident' | 'non-resident'
}

const prefix = 'own:'
const shortest = 4
const longest = 60
/** Items a company may add to one list. */
export const maxOwnItems = 12

const scopes = [
  ['居民：', 'resident'],
  ['非居民：', 'non-resident'],
] as const

/** '居民：灶具旁无易燃物；软管卡箍齐全' as items; null when it is not written so. */
export function readOwnItems(text: string): OwnItem[] | null {
  const items = text
    .split(/[；;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part): OwnItem => {
      const scope = scopes.find(([word]) => part.startsWith(word))
      const words = scope === undefined ? part : part.slice(scope[0].length).trim()
      return { item: prefix + words, text: words, ...(scope === undefined ? {} : { for: scope[1] }) }
    })
  const sound = items.every(({ text: words }) => words.length >= shortest && words.length <= longest)
  const once = new Set(items.map(({ item }) => item)).size === items.length
  return sound && once && items.length <= maxOwnItems ? items : null
}

/** The items of a setting or a list that was kept; none of what cannot be read. */
export const ownItemsFor = (text: string, resident: boolean): { item: string; text: string }[] =>
  (readOwnItems(text) ?? [])
    .filter((one) => one.for === undefined || (one.for === 'resident') === resident)
    .map(({ item, text: words }) => ({ item, text: words }))

/** The words of an own item; null for one of the regulation's. */
export const ownItemText = (item: string): string | null => (item.startsWith(prefix) ? item.slice(prefix.length) : null)

/** How an own item is named in a call. */
export const ownItemPattern = new RegExp(`^${prefix}.{${shortest},${longest}}$`, 'u')

/** The setting of one list. */
export const ownItemsSchema = z
  .string()
  .trim()
  .max(1_000)
  .refine((text) => readOwnItems(text) !== null, {
    error: `每项 ${shortest} 至 ${longest} 个字，用分号隔开，最多 ${maxOwnItems} 项，不能重复；只问居民或非居民的在前面写“居民：”“非居民：”`,
  })
