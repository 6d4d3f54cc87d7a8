/** 供气: what other rooms and the windows may use of this room. */
export { holdsOn, liftHold, placeHold, type Hold, type HoldPlaced } from './holds.ts'
