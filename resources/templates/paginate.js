/*
 * Cuts each sheet of a paper into pages of its own, so that every document counts its own pages (第 x 页 共 y 页), a signature
 * never stands alone on a last page, a table goes on under its heading, and slips share a sheet. It is the only script a paper
 * may run (the page's policy names its hash) and touches nothing outside the page.
 */
'use strict'
{
  const body = document.body
  const perPage = Number(body.dataset.perPage)
  const source = document.querySelector('main.source')
  const target = document.querySelector('main.pages')
  /** Lines of a paragraph that stay together at its beginning and its end. */
  const together = 2
  /** So much of a paper stands above its signatures (px, some three lines): a line of a note alone is an empty page to sign. */
  const signed = 60
  /** Kept free at the bottom of each page, for margins and rounding (px). */
  const slack = 6

  // A date in a cell is read whole: the line breaks before or behind it, never at one of its hyphens.
  const dates = /\d{4}-\d\d-\d\d(?: \d\d:\d\d)?/
  for (const cell of source.querySelectorAll('td, th, dd')) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
    const texts = []
    while (walker.nextNode()) texts.push(walker.currentNode)
    for (let text of texts) {
      for (let found = dates.exec(text.data); found; found = dates.exec(text.data)) {
        const date = text.splitText(found.index)
        text = date.splitText(found[0].length)
        const whole = document.createElement('span')
        whole.className = 'whole'
        date.replaceWith(whole)
        whole.append(date)
      }
    }
  }

  const px = (element) => {
    const { top, bottom, height } = element.getBoundingClientRect()
    return { top, bottom, height }
  }
  const lineHeight = (element) => Number.parseFloat(getComputedStyle(element).lineHeight)
  const isFrame = (element) => element.matches('article, div, section, ul, ol') && element.children.length > 0
  const staysWhole = (element) => element.matches('.keep, .signatures, .board, dl') || getComputedStyle(element).display !== 'block'

  /** What can stand on a page by itself, in order: blocks, rows, lines. `chain` leads from the flow down to its parent. */
  function unitsOf(flow, room) {
    const units = []
    const add = (unit) => units.push(unit)
    const visit = (element, chain) => {
      if (element.matches('style, script, template')) return add({ element, chain, top: null, bottom: null })
      const box = px(element)
      const after = element.matches('h1, h2, h3') || element.classList.contains('with-next')
      const before = element.matches('.signatures, .with-previous, .contract-signatures')
      if (element.matches('table') && !before && element.tBodies.length > 0 && box.height > room * 0.3) {
        const rows = [...element.tBodies].flatMap((part) => [...part.rows])
        const head = element.tHead ? px(element.tHead).height : 0
        freezeColumns(element)
        let spanned = 0
        rows.forEach((row, i) => {
          const longest = Math.max(1, ...[...row.cells].map((cell) => cell.rowSpan))
          spanned = Math.max(spanned - 1, longest - 1)
          add({
            element: row,
            chain: [...chain, element, row.parentElement],
            ...px(row),
            head,
            table: element,
            // Neither the first row alone below its heading nor the sum alone on the next page.
            keepNext: spanned > 0 || (i === 0 && rows.length > 1),
            keepPrevious: row.matches('.total') || (i === rows.length - 1 && rows.length > 2),
          })
        })
        return
      }
      if (isFrame(element) && !staysWhole(element) && !before && box.height > room * 0.2) {
        const next = [...chain, element]
        for (const child of element.children) visit(child, next)
        return
      }
      const lines = element.matches('p') && box.height > 2 * together * lineHeight(element) ? linesOf(element) : []
      if (lines.length > 2 * together) {
        lines.forEach(({ top, bottom, from, to }, i) =>
          add({
            element,
            chain,
            top,
            bottom,
            text: { from, to },
            keepNext: i < together - 1,
            keepPrevious: i > lines.length - together,
          }),
        )
        return
      }
      if (element.matches('.signatures'))
        for (const unit of units) unit.keepPrevious ||= unit.top !== null && box.top - unit.top < Math.min(signed, room / 4)
      add({ element, chain, ...box, keepNext: after, keepPrevious: before })
    }
    for (const child of flow.children) visit(child, [])
    return units
  }

  /** Where the lines of a paragraph of plain text begin and end. */
  function linesOf(element) {
    const node = element.firstChild
    if (!node || node.nodeType !== Node.TEXT_NODE || element.childNodes.length !== 1) return []
    const range = document.createRange()
    const lines = []
    const { length } = node.data
    for (let i = 0; i < length; i++) {
      range.setStart(node, i)
      range.setEnd(node, i + 1)
      const rect = range.getClientRects()[0]
      if (!rect || rect.width === 0) continue
      const last = lines.at(-1)
      if (last && rect.top < last.bottom - 1) {
        last.to = i + 1
        last.bottom = Math.max(last.bottom, rect.bottom)
      } else lines.push({ top: rect.top, bottom: rect.bottom, from: i, to: i + 1 })
    }
    return lines
  }

  /** A table that goes on keeps the widths of its columns. */
  function freezeColumns(table) {
    const row = table.tHead?.rows[0] ?? [...table.rows].find(({ cells }) => [...cells].every(({ colSpan }) => colSpan === 1))
    if (!row || [...row.cells].some(({ colSpan }) => colSpan > 1) || table.querySelector('colgroup')) return
    const group = document.createElement('colgroup')
    for (const cell of row.cells) {
      const column = document.createElement('col')
      column.style.width = `${cell.getBoundingClientRect().width}px`
      group.append(column)
    }
    frozen.push(() => {
      table.prepend(group)
      table.style.tableLayout = 'fixed'
    })
  }
  /** Done once everything is measured: each change would lay the whole paper out anew. */
  const frozen = []

  /** Which units stand on which page. @param first room on the first page · @param further on the others */
  function pagesOf(units, first, further) {
    const pages = []
    let from = 0
    while (from < units.length) {
      const room = pages.length === 0 ? first : further
      let start = null
      let to = from
      let end = units.length
      for (; to < units.length; to++) {
        const { top, bottom, table } = units[to]
        if (top === null) continue
        if (start === null) start = top - (table && units[from].table === table && pages.length > 0 ? units[to].head : 0)
        if (bottom - start > room && to > from) {
          end = to
          break
        }
      }
      if (end < units.length) {
        let cut = end
        while (cut > from + 1 && (units[cut].keepPrevious || units[cut - 1].keepNext)) cut--
        // All of it belongs together: then it is cut where the page ends.
        if (cut > from + 1 || !(units[cut].keepPrevious || units[cut - 1]?.keepNext)) end = cut
      }
      pages.push(units.slice(from, end))
      from = end
    }
    return pages.length === 0 ? [[]] : pages
  }

  /** Puts units under copies of the elements they stood in. */
  function fill(flow, units, placed) {
    const copies = new Map()
    const under = (chain) =>
      chain.reduce((parent, element) => {
        const known = copies.get(element)
        if (known && known.parentElement === parent) return known
        const copy = element.cloneNode(false)
        if (element.matches('table')) {
          for (const part of element.children)
            if (part.matches('colgroup, thead, caption')) copy.append(part.cloneNode(true))
        }
        if (element.matches('ol')) copy.start = 1 + [...element.children].filter((child) => placed.has(child)).length
        copies.set(element, copy)
        parent.append(copy)
        return copy
      }, flow)
    let text = null
    for (const unit of units) {
      const parent = under(unit.chain)
      if (!unit.text) {
        parent.append(unit.element.cloneNode(true))
        placed.add(unit.element)
      } else if (text?.element === unit.element) {
        text.copy.append(unit.element.firstChild.data.slice(unit.text.from, unit.text.to))
      } else {
        const copy = unit.element.cloneNode(false)
        if (unit.text.from > 0) copy.style.textIndent = '0'
        copy.append(unit.element.firstChild.data.slice(unit.text.from, unit.text.to))
        parent.append(copy)
        text = { element: unit.element, copy }
      }
    }
  }

  function cut() {
    const measured = [...source.querySelectorAll(':scope > section.sheet')].map((sheet) => {
      const flow = sheet.querySelector(':scope > .flow')
      const [head, running, foot] = ['header.paper', 'header.running', 'footer.paper'].map((name) =>
        sheet.querySelector(`:scope > ${name}`),
      )
      const inside = source.clientHeight
      // Margins at the top and bottom of a page are not measured with the blocks.
      const roomUnder = (part) => inside - outer(part) - outer(foot) - slack
      const first = roomUnder(head)
      const further = roomUnder(running)
      return { sheet, head, running, foot, first, further, units: unitsOf(flow, first) }
    })

    function outer(element) {
      const style = getComputedStyle(element)
      return px(element).height + Number.parseFloat(style.marginTop) + Number.parseFloat(style.marginBottom)
    }

    for (const freeze of frozen) freeze()

    const leaves = []
    for (const { sheet, head, running, foot, first, further, units } of measured) {
      const pages = pagesOf(units, first, further)
      const done = new Set()
      pages.forEach((part, i) => {
        const leaf = document.createElement('section')
        leaf.className = 'leaf'
        const flow = document.createElement('div')
        flow.className = 'flow'
        leaf.append((i === 0 ? head : running).cloneNode(true), flow)
        fill(flow, part, done)
        const end = foot.cloneNode(true)
        end.querySelector('.page-of').textContent = `第 ${i + 1} 页 共 ${pages.length} 页`
        leaf.append(end)
        for (const name of ['.watermark', '.edge']) {
          const more = sheet.querySelector(`:scope > ${name}`)
          if (more) leaf.append(more.cloneNode(true))
        }
        leaves.push({ leaf, flow, room: i === 0 ? first : further })
      })
    }
    source.remove()

    const scaleOf = Number(body.dataset.scale)
    for (let i = 0; i < leaves.length; i += perPage) {
      const page = document.createElement('div')
      page.className = 'page'
      leaves.slice(i, i + perPage).forEach(({ leaf }, place) => {
        const cell = document.createElement('div')
        cell.className = `cell place-${place}`
        cell.append(leaf)
        page.append(cell)
      })
      target.append(page)
    }
    // One block that is taller than a page is made smaller: nothing of a paper is cut away.
    const heights = leaves.map(({ flow }) => {
      const { top } = px(flow)
      return Math.max(0, ...[...flow.children].map((child) => px(child).bottom - top)) / scaleOf
    })
    leaves.forEach(({ flow, room }, i) => {
      if (heights[i] > room + slack) {
        const scale = room / heights[i]
        flow.style.transform = `scale(${scale})`
        flow.style.transformOrigin = '0 0'
        flow.style.width = `${100 / scale}%`
        flow.style.marginBottom = `${room - heights[i]}px`
      }
    })
    document.documentElement.dataset.pages = String(target.children.length)
  }

  // A preview that is still coming into sight has no sizes yet: measured then, every line would be a page of its own.
  if (source.clientHeight > 0) cut()
  else {
    const sight = new ResizeObserver(() => {
      if (source.clientHeight === 0) return
      sight.disconnect()
      cut()
    })
    sight.observe(source)
  }
}
