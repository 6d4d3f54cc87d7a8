/** `FilterSelect.vue` with the props, events and slots of the select it stands for. */
import type { ElSelect } from 'element-plus'
import view from './FilterSelect.vue'

export const FilterSelect = view as unknown as typeof ElSelect
