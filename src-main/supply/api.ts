/** 供气: what a screen may ask of this room. */
export * from './account-api.ts'
