/** ECharts, loaded with the first chart that is looked at, and what it is told. */
import type { EChartsCoreOption } from 'echarts/core'
import type { Section } from '../../src-main/reports/api.ts'
import { formatCell, unitOf } from '../../src-main/reports/api.ts'

/** Slices or bars shown at most; the rest is in the table. */
const mostMarks = 31
const palette = ['#14599e', '#d98a1f', '#1b7a4a', '#8a6fb0', '#5a6675', '#bf2626', '#3f9aa8']

export async function loadCharts() {
  const [core, charts, components, renderers] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ])
  core.use([
    charts.BarChart,
    charts.LineChart,
    charts.PieChart,
    components.GridComponent,
    components.TooltipComponent,
    components.LegendComponent,
    renderers.CanvasRenderer,
  ])
  return core
}

/** Fen as yuan, litres as m³: the axis counts in what people read. */
const scaleOf = (kind: string): number => (kind === 'money' ? 100 : kind === 'litre' ? 1_000 : 1)
const compact = (value: number): string =>
  Math.abs(value) >= 10_000 ? `${Number((value / 10_000).toFixed(1))}万` : String(Number(value.toFixed(1)))

/** Whether there is anything to see. */
export function hasMarks({ chart, rows }: Section): boolean {
  return chart !== null && rows.some(({ cells }) => chart.values.some((key) => Number(cells[key] ?? 0) !== 0))
}

/** The chart of a section; with `compare` the same period of the year before stands beside it. */
export function chartOption(section: Section, compare: boolean, font: string): EChartsCoreOption {
  const { chart, columns } = section
  if (!chart) return {}
  const rows = section.rows.slice(0, mostMarks)
  const labels = rows.map(({ cells }) => String(cells[chart.label] ?? ''))
  const columnOf = (key: string) => columns.find((column) => column.key === key)
  const first = columnOf(chart.values[0] ?? '')
  const kind = first?.kind ?? 'count'
  const base = {
    color: palette,
    textStyle: { fontFamily: font },
    animation: false,
    tooltip: {
      trigger: chart.kind === 'pie' ? 'item' : 'axis',
      valueFormatter: (value: unknown) =>
        `${formatCell(Math.round(Number(value) * scaleOf(kind)), kind)} ${unitOf[kind] ?? ''}`,
    },
  }
  const number = (row: (typeof rows)[number], key: string) => Number(row.cells[key] ?? 0) / scaleOf(kind)
  if (chart.kind === 'pie') {
    return {
      ...base,
      legend: { orient: 'vertical', left: '62%', top: 'middle' },
      series: [
        {
          type: 'pie',
          radius: ['42%', '78%'],
          center: ['38%', '50%'],
          label: { formatter: '{b} {d}%' },
          data: rows
            .map((row, i) => ({ name: labels[i], value: number(row, chart.values[0] ?? '') }))
            .filter(({ value }) => value > 0),
        },
      ],
    }
  }
  const keys = [...chart.values, ...(compare && columnOf('yearAgo:value') ? ['yearAgo:value'] : [])]
  return {
    ...base,
    legend: keys.length > 1 ? { type: 'scroll', top: 0, right: 8 } : undefined,
    grid: { left: 8, right: 16, top: keys.length > 1 ? 32 : 16, bottom: 4, containLabel: true },
    xAxis: { type: 'category', data: labels, axisLabel: labels.length <= 12 ? { interval: 0 } : { hideOverlap: true } },
    yAxis: { type: 'value', axisLabel: { formatter: compact }, name: unitOf[kind] ?? '', nameGap: 4 },
    series: keys.map((key, i) => ({
      name: columnOf(key)?.label ?? '',
      type: chart.kind,
      barMaxWidth: 28,
      smooth: false,
      itemStyle: key === 'yearAgo:value' ? { color: '#b9c4d0' } : { color: palette[i] },
      data: rows.map((row) => number(row, key)),
    })),
  }
}
