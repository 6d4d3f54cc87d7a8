/** What this PC remembers of its looks. Not personal, so it may lie in the browser's storage. */
import { ref, watch } from 'vue'

/** 大字模式: everything a quarter larger. */
export const largeTypeZoom = 1.25

const key = 'shell.largeType'

/** Whether 大字模式 is on; survives a restart. */
export const largeType = ref(localStorage.getItem(key) === '1')

watch(
  largeType,
  (on) => {
    localStorage.setItem(key, on ? '1' : '0')
    window.hall.zoom(on ? largeTypeZoom : 1)
  },
  { immediate: true },
)
