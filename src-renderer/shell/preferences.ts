/** What this PC remembers of its looks. Not personal, so it may lie in the browser's storage. */
import { computed, ref, watch } from 'vue'

/** 字号: how large everything on this PC is, from the smallest. */
export const typeSizes = [
  { zoom: 1, name: '标准' },
  { zoom: 1.25, name: '大字' },
  { zoom: 1.5, name: '特大字' },
] as const

const key = 'shell.typeSize'
/** Before there was a third size. */
const oldKey = 'shell.largeType'

function kept(): number {
  const size = Number(localStorage.getItem(key) ?? localStorage.getItem(oldKey) ?? 0)
  return Number.isInteger(size) && size >= 0 && size < typeSizes.length ? size : 0
}

/** Place in `typeSizes`; survives a restart. */
export const typeSize = ref(kept())
export const typeSizeName = computed(() => typeSizes[typeSize.value]?.name ?? '')

/** The next larger size, and after the largest the smallest again. */
export const nextTypeSize = (): void => void (typeSize.value = (typeSize.value + 1) % typeSizes.length)

watch(
  typeSize,
  (size) => {
    localStorage.setItem(key, String(size))
    window.hall.zoom(typeSizes[size]?.zoom ?? 1)
  },
  { immediate: true },
)
