/** 收费项目: the price list and what was charged by it. */
export { addItem, addVersion, items, listOn, seedItems, stopItem, withdrawVersion, type ListedFee } from './items.ts'
export {
  charge,
  chargesOf,
  chargesOwed,
  offers,
  openCharges,
  settleCharges,
  sums,
  unsettleCharges,
  withdraw,
} from './charges.ts'
export { allocateCharges, togetherProblem, totalOutstanding, type ChargePart } from './rules.ts'
export * from './errors.ts'
