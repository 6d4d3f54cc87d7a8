/** Looking through a list that the database does not search, page by page. */
import type { Ref } from 'vue'
import { maxExportRows, searchedPages, type Column, type Page } from './page-list.ts'

type Load<Row> = (page: { after: string | null; size: number }) => Promise<Page<Row>>

/**
 * The pages of a list; while something is searched that the database does not find, those that hold it.
 * @param list `searchFor` says what its database finds; '' when it finds nothing
 */
export function useSearchedPages<Row>(
  search: Readonly<Ref<string>>,
  list: { readonly columns: readonly Column<Row>[]; readonly load: Load<Row>; readonly searchFor: string },
): { readonly load: Load<Row>; readonly isWhole: (text: string) => Promise<boolean> } {
  let looked: ({ text: string } & ReturnType<typeof searchedPages<Row>>) | null = null
  return {
    load(page) {
      const text = search.value.trim()
      if (list.searchFor !== '' || text === '') return list.load(page)
      if (page.after === null || looked?.text !== text) {
        const wanted = () => search.value.trim() === text
        looked = { text, ...searchedPages(list.columns, list.load, text, wanted) }
      }
      return looked.pages(page)
    },
    /** Whether all of the list was looked through for it. */
    isWhole: async (text) => looked?.text !== text || (await looked.complete()),
  }
}

/** Why nothing stands there: nothing was found, not in this part of the list, or not in as much as is looked through. */
export function nothingFound(text: string, whole: boolean, within: string): string {
  if (!whole) return `前 ${maxExportRows.toLocaleString('zh-CN')} 行里没有“${text}”，请缩小范围再查找`
  return within === '' ? `没有找到“${text}”` : `“${within}”里没有找到“${text}”，换一个范围再找`
}
